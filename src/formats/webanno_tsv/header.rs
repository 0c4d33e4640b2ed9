//! The head of a file: which layers there are and which columns they have.

use super::super::rest::{decoded_name, encoded_name};

/// What a layer holds.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Kind {
    Span,
    /// Of the layer whose annotations it links.
    Relation(String),
    Chain,
}

/// One feature.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Feature {
    Plain(String),
    /// Roles and targets: two columns.
    Slots {
        name: String,
        target: String,
    },
}

/// One layer.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Layer {
    /// Its full name.
    pub name: String,
    pub kind: Kind,
    pub features: Vec<Feature>,
}

impl Layer {
    /// How many columns it takes.
    pub fn width(&self) -> usize {
        let one = |feature: &Feature| if matches!(feature, Feature::Slots { .. }) { 2 } else { 1 };
        let features: usize = self.features.iter().map(one).sum();
        match self.kind {
            Kind::Span => features.max(1),
            Kind::Relation(_) => features + 1,
            Kind::Chain => 2,
        }
    }

    /// Its line.
    pub fn line(&self) -> String {
        let features = self.features.iter().map(|feature| match feature {
            Feature::Plain(name) => name.clone(),
            Feature::Slots { name, target } => {
                let short = self.name.rsplit('.').next().unwrap_or(&self.name);
                let kind: String = name.chars().filter(char::is_ascii_alphanumeric).collect();
                format!("ROLE_{}:{name}_{CUSTOM}{short}{kind}Link|{target}", self.name)
            }
        });
        let features: Vec<String> = features.collect();
        match &self.kind {
            Kind::Span => format!("#T_SP={}|{}", self.name, features.join("|")),
            Kind::Chain => format!("#T_CH={}|{}", self.name, features.join("|")),
            Kind::Relation(of) => {
                let mut all = features;
                all.push(format!("BT_{of}"));
                format!("#T_RL={}|{}", self.name, all.join("|"))
            }
        }
    }
}

/// Reads the line of a layer; `None` if it is none.
pub(super) fn layer(line: &str) -> Option<Layer> {
    let (prefix, rest) = line.split_once('=')?;
    let mut words = rest.split('|');
    let name = words.next()?.trim().to_owned();
    let mut features = Vec::new();
    let mut base = None;
    while let Some(word) = words.next() {
        if word.is_empty() {
            continue;
        }
        if let Some(of) = word.strip_prefix("BT_") {
            base = Some(of.to_owned());
        } else if let Some(role) = word.strip_prefix("ROLE_") {
            // `ROLE_type:feature_linktype`; the next word is what may fill it. Link types have dots, features have none.
            let role = role.rsplit_once(':').map_or(role, |(_, role)| role);
            let dot = role.find('.').unwrap_or(role.len());
            let cut = role[..dot].rfind('_').unwrap_or(dot);
            let target = words.next().unwrap_or_default().to_owned();
            features.push(Feature::Slots { name: role[..cut].to_owned(), target });
        } else {
            features.push(Feature::Plain(word.to_owned()));
        }
    }
    let kind = match prefix {
        "#T_SP" => Kind::Span,
        "#T_CH" => Kind::Chain,
        "#T_RL" => Kind::Relation(base.unwrap_or_default()),
        _ => return None,
    };
    Some(Layer { name, kind, features })
}

/// Where the layers lie that users of WebAnno and INCEpTION make.
const CUSTOM: &str = "webanno.custom.";

/// The layers that both come with.
const BUILT_IN: [&str; 12] = [
    "de.tudarmstadt.ukp.dkpro.core.api.ner.type.NamedEntity",
    "de.tudarmstadt.ukp.dkpro.core.api.lexmorph.type.pos.POS",
    "de.tudarmstadt.ukp.dkpro.core.api.lexmorph.type.morph.MorphologicalFeatures",
    "de.tudarmstadt.ukp.dkpro.core.api.segmentation.type.Lemma",
    "de.tudarmstadt.ukp.dkpro.core.api.segmentation.type.Stem",
    "de.tudarmstadt.ukp.dkpro.core.api.segmentation.type.Token",
    "de.tudarmstadt.ukp.dkpro.core.api.segmentation.type.SurfaceForm",
    "de.tudarmstadt.ukp.dkpro.core.api.syntax.type.dependency.Dependency",
    "de.tudarmstadt.ukp.dkpro.core.api.syntax.type.chunk.Chunk",
    "de.tudarmstadt.ukp.dkpro.core.api.semantics.type.SemPred",
    "de.tudarmstadt.ukp.dkpro.core.api.semantics.type.SemArg",
    "de.tudarmstadt.ukp.dkpro.core.api.transform.type.SofaChangeAnnotation",
];

/// The label of a layer.
pub(super) fn label_of(layer: &str) -> String {
    if let Some(name) = layer.strip_prefix(CUSTOM) {
        return decoded_name(name);
    }
    match BUILT_IN.contains(&layer) {
        true => layer.rsplit('.').next().unwrap_or(layer).to_owned(),
        false => layer.to_owned(),
    }
}

/// The layer of a label: the inverse of [`label_of`].
pub(super) fn layer_of(label: &str) -> String {
    let built_in = BUILT_IN.iter().find(|layer| layer.rsplit('.').next() == Some(label));
    match built_in {
        Some(layer) => (*layer).to_owned(),
        None => format!("{CUSTOM}{}", encoded_name(label, &[])),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn layers_of_the_suite() {
        let line = "#T_SP=webanno.custom.Host|ROLE_webanno.custom.Host:links_webanno.custom.LinkType|webanno.custom.SimpleSpan|value";
        let read = layer(line).unwrap();
        let slots = Feature::Slots { name: "links".into(), target: "webanno.custom.SimpleSpan".into() };
        assert_eq!(read.features, [slots, Feature::Plain("value".into())]);
        assert_eq!(read.width(), 3);
        assert_eq!(layer(&read.line()).unwrap(), read);
        assert_eq!(layer("#T_SP=webanno.custom.S|").unwrap().width(), 1);
        let relation = layer("#T_RL=webanno.custom.R|BT_webanno.custom.S").unwrap();
        assert_eq!((relation.width(), &relation.kind), (1, &Kind::Relation("webanno.custom.S".into())));
        for label in ["NamedEntity", "entity", "a|b:c", "новая метка", ""] {
            assert_eq!(label_of(&layer_of(label)), label);
        }
    }
}
