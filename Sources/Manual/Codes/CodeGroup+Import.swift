import Diagnostics

extension CodeGroup {
    static let importing = CodeGroup(
        "Import from Ansible",
        [
            CodeDocumentation(
                .yaml, "A file is not valid YAML",
                """
                A file for 'pvpgen import' is not valid YAML or not UTF-8.
                Indentation is wrong, or a space is missing after '-' or ':'.
                Correct the file at the position in the message.
                """),
            CodeDocumentation(
                .noVariables, "No variables of the virtio-host role were found",
                """
                The files for 'pvpgen import' set no variable of the virtio-host role.
                The variables are in another file, such as group_vars, or a file is a task list.
                Name the playbooks, files of variables and inventories that set nics, local_image_file and others.
                """),
            CodeDocumentation(
                .expression, "A variable has an unsupported expression",
                """
                A variable has an expression that only Ansible can evaluate.
                The value has a lookup, a filter, or a variable that is not in the files.
                Write the value itself in place of the expression.
                """),
            CodeDocumentation(
                .varsFiles, "Files of vars_files are not read",
                """
                The playbook names files in vars_files, which pvpgen does not read. This is a warning.
                Paths in vars_files depend on the machine that runs Ansible.
                Name these files on the command line as well.
                """),
            CodeDocumentation(
                .argumentOmitted, "An argument was omitted",
                """
                An argument of a variable has no counterpart in pvpgen and was left out. This is a warning.
                The role passes options to QEMU, DPDK or the kernel that pvpgen sets itself.
                The remedy names the reason. No action is necessary in most cases.
                """),
            CodeDocumentation(
                .renamed, "A guest was renamed",
                """
                guest_name is not a valid name for a guest, so another name was chosen. This is a warning.
                The name has characters that unit names do not permit.
                Use the new name in scripts, or set Name= in [Guest].
                """),
        ])
}
