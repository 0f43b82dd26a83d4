import Glibc
import Linux

exit(Program.run(Array(CommandLine.arguments.dropFirst())))
