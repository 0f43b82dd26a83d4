/// What is wrong with a text that is not YAML, or that is refused.
package struct YAMLError: Error, Hashable, Sendable {
    package var message: String
    /// Where it was found, if libyaml or the reader knows.
    package var mark: YAMLNode.Mark?
}
