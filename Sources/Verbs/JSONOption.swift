import ArgumentParser

/// How a command prints what it found out.
package struct JSONOption: ParsableArguments {
    @Flag(help: "Print JSON.")
    package var json = false

    package init() {}
}
