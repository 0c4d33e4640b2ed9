//! The hashes that spaCy and Prodigy know strings and tasks by: Austin Appleby's MurmurHash (public domain).

/// MurmurHash64A of bytes, as spaCy's string store uses it with seed 1.
pub(super) fn murmur64a(bytes: &[u8], seed: u64) -> u64 {
    const M: u64 = 0xc6a4_a793_5bd1_e995;
    let mut hash = seed ^ (bytes.len() as u64).wrapping_mul(M);
    let (words, rest) = bytes.as_chunks::<8>();
    for word in words {
        let mut word = u64::from_le_bytes(*word).wrapping_mul(M);
        word ^= word >> 47;
        hash = (hash ^ word.wrapping_mul(M)).wrapping_mul(M);
    }
    if !rest.is_empty() {
        let mut word = [0; 8];
        word[..rest.len()].copy_from_slice(rest);
        hash = (hash ^ u64::from_le_bytes(word)).wrapping_mul(M);
    }
    hash ^= hash >> 47;
    hash = hash.wrapping_mul(M);
    hash ^ (hash >> 47)
}

/// MurmurHash3 for 32 bits of bytes, as Prodigy uses it with seed 0.
pub(super) fn murmur32(bytes: &[u8], seed: u32) -> u32 {
    let mix = |word: u32| word.wrapping_mul(0xcc9e_2d51).rotate_left(15).wrapping_mul(0x1b87_3593);
    let mut hash = seed;
    let (words, rest) = bytes.as_chunks::<4>();
    for word in words {
        hash =
            (hash ^ mix(u32::from_le_bytes(*word))).rotate_left(13).wrapping_mul(5).wrapping_add(0xe654_6b64);
    }
    if !rest.is_empty() {
        let mut word = [0; 4];
        word[..rest.len()].copy_from_slice(rest);
        hash ^= mix(u32::from_le_bytes(word));
    }
    hash ^= bytes.len() as u32;
    hash = (hash ^ (hash >> 16)).wrapping_mul(0x85eb_ca6b);
    hash = (hash ^ (hash >> 13)).wrapping_mul(0xc2b2_ae35);
    hash ^ (hash >> 16)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hashes_are_those_of_spacy_and_prodigy() {
        // spacy.strings.hash_string, version 3.8.
        assert_eq!(murmur64a("coffee".as_bytes(), 1), 3_197_928_453_018_144_401);
        assert_eq!(murmur64a("Киев-1".as_bytes(), 1), 2901443333971033729);
        // murmurhash.mrmr.hash, version 1.0.
        assert_eq!(murmur32(br#"text="a""#, 0) as i32, -1808989213);
    }
}
