//! What it costs to lay out a fresh screen of text: plain text by epaint, the same by parley, and scripts that only parley sets. Each
//! frame jumps to another place, so nothing of the screen is kept from the one before. One line of JSON a measurement.

mod corpus;

use std::sync::Arc;

use corpus::{Random, Times};
use egui::{Pos2, RawInput, Rect, Vec2};
use postil::model::{AnnotationSet, Article, Schema, Workspace};
use postil::session::Session;
use postil::text::{CanonicalText, CodePoint, TextRange};
use postil::window::panel::Request;
use postil::window::{App, fonts};

const SENTENCES: [(&str, &str); 6] = [
    ("Russian, epaint", "По словам представителя сторон, решение будет принято только после проверки. "),
    ("Russian, parley", "По словам представителя сторон, решение будет принято только после проверки. "),
    ("Hebrew", "לדברי נציג הצדדים, ההחלטה תתקבל רק אחרי בדיקה של 12 סעיפים (מ-1995). "),
    ("Arabic", "وقال ممثل الأطراف إن القرار لن يُتخذ إلا بعد مراجعة 12 بندًا من أصل 300. "),
    ("Hindi", "पक्षों के प्रतिनिधि के अनुसार निर्णय जाँच के बाद ही लिया जाएगा। "),
    ("Thai", "ตัวแทนของฝ่ายต่างๆกล่าวว่าจะตัดสินใจหลังจากการตรวจสอบเท่านั้น "),
];

fn main() {
    for (name, sentence) in SENTENCES {
        let mut random = Random(1);
        let mut text = String::new();
        while text.chars().count() < 500_000 {
            text.push_str(&sentence.repeat(3 + random.below(5)));
            text.push_str(&format!("{}\n\n", text.len()));
        }
        let size = (text.len(), 0);
        let article = Article::from_text("long.txt", CanonicalText::new(&text));
        let mut set = AnnotationSet::new("long.txt", "bench");
        set.fingerprint = article.text.fingerprint().to_owned();
        set.length = article.text.len();
        let length = set.length as usize;

        let ctx = egui::Context::default();
        postil::window::look::install(&ctx);
        let mut app = App::new(None, Arc::new(|| {}));
        let mut time = 0.0;
        let mut frame = |app: &mut App| {
            time += 1.0 / 60.0;
            let input = RawInput {
                screen_rect: Some(Rect::from_min_size(Pos2::ZERO, Vec2::new(1400.0, 900.0))),
                time: Some(time),
                ..RawInput::default()
            };
            let mut output = ctx.run_ui(input, |ui| app.ui(ui));
            output.textures_delta.clear();
            ctx.tessellate(output.shapes, output.pixels_per_point).len()
        };
        frame(&mut app);
        if name.ends_with("parley") {
            // A family that nobody has: the built-in letters, but set by parley.
            let mut preferences = app.preferences().clone();
            preferences.style.family = Some(fonts::keep_name("none of this name"));
            app.ask(Request::Preferences(Box::new(preferences)));
            frame(&mut app);
        }
        app.show_session(Session::in_memory(
            Schema::positions(),
            "bench",
            article,
            Workspace { set, ..Workspace::default() },
        ));
        for _ in 0..10 {
            frame(&mut app);
        }
        Times::of(60, || frame(&mut app)).print(&format!("{name}: frame at rest"), size, None);
        let mut jump = || {
            let at = CodePoint(random.below(length) as u32);
            app.ask(Request::GoTo(TextRange::empty(at)));
            frame(&mut app)
        };
        for _ in 0..20 {
            jump();
        }
        Times::of(100, jump).print(&format!("{name}: jump to a fresh screen"), size, None);
    }
}
