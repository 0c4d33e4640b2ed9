//! (stub, replaced by its first real commit)
