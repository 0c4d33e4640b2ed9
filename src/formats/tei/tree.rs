//! A piece of XML in memory, for what stands off from the text.

use quick_xml::XmlVersion;
use quick_xml::events::BytesStart;

/// Elements nested deeper than this are no annotation.
pub(super) const DEEPEST: usize = 128;

/// An element.
#[derive(Debug, Default)]
pub(super) struct Node {
    pub name: String,
    pub attributes: Vec<(String, String)>,
    pub text: String,
    pub children: Vec<Node>,
}

impl Node {
    /// An element as it begins.
    pub fn begin(start: &BytesStart) -> Self {
        Self { name: local(start).to_owned(), attributes: attributes(start), ..Self::default() }
    }

    /// An attribute.
    pub fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(there, _)| there == name).map(|(_, value)| value.as_str())
    }

    /// The child of this name.
    pub fn child(&self, name: &str) -> Option<&Node> {
        self.children.iter().find(|child| child.name == name)
    }
}

/// An element's name without its prefix.
pub(super) fn local<'s>(start: &'s BytesStart) -> &'s str {
    start.local_name().into_inner()
}

/// Its attributes with their prefixes. One that cannot be read is left out.
pub(super) fn attributes(start: &BytesStart) -> Vec<(String, String)> {
    let one = |attribute: quick_xml::events::attributes::Attribute| {
        let read = attribute.normalized_value(XmlVersion::Implicit1_0);
        let value = read.map_or_else(|_| attribute.value.to_string(), |value| value.into_owned());
        (attribute.key.into_inner().to_owned(), value)
    };
    start.attributes().with_checks(false).flatten().map(one).collect()
}
