fn main() {
    let _ = postil::window::run(std::env::args().nth(1).map(Into::into));
}
