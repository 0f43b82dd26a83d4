// The program comes with its work.
