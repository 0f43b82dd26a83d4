"""Hosts for the tests and the bench of the Ansible collection: containers with a real systemd and a recorded pvpgen."""
import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import time

FLEET = os.path.dirname(os.path.abspath(__file__))
REPOSITORY = os.path.join(FLEET, "../..")
COLLECTION = os.path.join(REPOSITORY, "packages/ansible/ansible_collections/pvpgen/pvp")
PACKAGES = "systemd,systemd-sysv,dbus,python3,python3-apt,procps"
SETTINGS = {
    "pvp_host_reboot": "allowed", "pvp_host_reboot_timeout": 60,
    "pvp_host_sections": [
        {"NIC": {"PCIAddress": "0000:17:00.0"}}, {"NIC": {"PCIAddress": "0000:17:00.1"}},
        {"Guest": {"Image": "/var/lib/libvirt/images/guest.qcow2"}}],
}
UNITS = {
    "pvp.target": "[Unit]\nDescription=PVP Chain\nWants=testpmd.service pvp-ssh.socket\n",
    # The port of the guest, whose key is recorded at the start.
    "pvp-ssh.socket": "[Unit]\nDescription=SSH of the Guest\nPartOf=pvp.target\n[Socket]\nListenStream=2222\nAccept=yes\n"
                      "ExecStartPre=/bin/sh -c 'mkdir -p /var/lib/pvpgen/guests/guest && "
                      "echo guest ssh-ed25519 AAAA >/var/lib/pvpgen/guests/guest/known_hosts'\n",
    "pvp-ssh@.service": "[Unit]\nDescription=Connection to the Guest\n[Service]\nExecStart=/bin/true\n",
    "testpmd.service": "[Unit]\nDescription=Testpmd\nPartOf=pvp.target\n[Service]\n"
                       "ExecStart=/bin/sh -c 'test ! -e /etc/fails && exec sleep infinity'\n",
    "boot-loader.service": "[Unit]\nDescription=Boot Loader\nDefaultDependencies=no\nBefore=sysinit.target\n[Service]\n"
                           "Type=oneshot\nExecStart=/bin/sh -c 'test -e /etc/other-kernel || "
                           "cp /etc/default/grub.d/60-pvpgen.cfg /run/booted-arguments || true'\n",
}


def root():
    """Returns the root file system of all containers, which is made once."""
    path = os.path.expanduser("~/.cache/pvpgen-fleet/bookworm")
    if not os.path.exists(path):
        partial = path + ".partial"
        shutil.rmtree(partial, ignore_errors=True)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        subprocess.run(["mmdebstrap", "--variant=minbase", "--include=" + PACKAGES, "bookworm", partial], check=True)
        os.rename(partial, path)
    return path


class Fleet:
    """Containers, an inventory of them, and the collection as it is installed from its tarball.

    `programs` is the directory that has ansible-playbook, with a slash; empty for the one in PATH."""

    def __init__(self, directory, count, programs):
        self.directory = directory
        self.programs = programs
        self.hosts = [f"h{number}" for number in range(1, count + 1)]
        self.boots = {}
        self.environment = dict(
            os.environ, ANSIBLE_COLLECTIONS_PATH=f"{directory}/collections", ANSIBLE_NOCOLOR="1", ANSIBLE_FORKS="8",
            ANSIBLE_SSH_EXECUTABLE=f"{FLEET}/into", ANSIBLE_SSH_TRANSFER_METHOD="piped", ANSIBLE_PIPELINING="1", ANSIBLE_SSH_ARGS="-C",
            ANSIBLE_PYTHON_INTERPRETER="/usr/bin/python3", ANSIBLE_REMOTE_USER="root", ANSIBLE_HOME=f"{directory}/ansible", HOME=f"{directory}/home",
            ANSIBLE_RETRY_FILES_ENABLED="0", ANSIBLE_LOCALHOST_WARNING="0", LC_ALL="C.UTF-8",
            ANSIBLE_ROLES_PATH=f"{directory}/roles", ANSIBLE_BECOME_ALLOW_SAME_USER="0",
            ANSIBLE_CALLBACK_RESULT_FORMAT="yaml")
        self.environment.pop("ANSIBLE_CONFIG", None)
        os.makedirs(f"{directory}/home")

    def __enter__(self):
        """Starts all hosts, and waits until they are up."""
        self.install()
        try:
            for host in self.hosts:
                self.boot(host)
            for host in self.hosts:
                self.wait(host)
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_):
        for process in self.boots.values():
            process.stdin.close()
        for process in self.boots.values():
            process.wait()

    def install(self):
        """Builds the tarball and the package, and installs the tarball and the roles with a dash."""
        made = subprocess.run(
            ["make", "--silent", "-C", REPOSITORY, "collection", f"COLLECTION_DIR={self.directory}",
             f"ANSIBLE_GALAXY={self.programs}ansible-galaxy"], check=True, capture_output=True, text=True).stdout
        tarball = re.search(r"\S+\.tar\.gz", made).group()
        subprocess.run(
            [f"{self.programs}ansible-galaxy", "collection", "install", "--offline", "-p", f"{self.directory}/collections",
             tarball], check=True, capture_output=True, env=self.environment)
        shutil.copytree(f"{REPOSITORY}/packages/ansible/roles", f"{self.directory}/roles")
        tree = f"{self.directory}/package"
        os.makedirs(f"{tree}/DEBIAN")
        with open(f"{tree}/DEBIAN/control", "w") as file:
            file.write("Package: pvpgen\nVersion: 0.1.0\nArchitecture: all\nMaintainer: tests\nDescription: recorded\n")
        for path, text in [("usr/bin/pvpgen", open(f"{FLEET}/pvpgen").read())] + [
                (f"usr/lib/systemd/system/{name}", text) for name, text in UNITS.items() if name.startswith(("pvp", "test"))]:
            os.makedirs(os.path.dirname(f"{tree}/{path}"), exist_ok=True)
            with open(f"{tree}/{path}", "w") as file:
                file.write(text)
        # dpkg stops in the middle while a host has the file.
        for script in ("preinst", "postinst"):
            with open(f"{tree}/DEBIAN/{script}", "w") as file:
                file.write(f"#!/bin/sh\nwhile [ -e /run/hold-{script} ]; do touch /run/held; sleep 0.1; done\n")
            os.chmod(f"{tree}/DEBIAN/{script}", 0o755)
        shutil.copytree(f"{COLLECTION}/tests/unit/fixtures", f"{tree}/usr/share/pvpgen", ignore=lambda _, names: [
            name for name in names if name not in ("plan.json", "measurement.json")])
        os.chmod(f"{tree}/usr/bin/pvpgen", 0o755)
        self.package = f"{self.directory}/pvpgen_0.1.0_all.deb"
        subprocess.run(["dpkg-deb", "--root-owner-group", "--build", tree, self.package], check=True, capture_output=True)

    def boot(self, host):
        upper = f"{self.directory}/{host}/upper"
        os.makedirs(f"{upper}/etc/systemd/system/sysinit.target.wants")
        with open(f"{upper}/etc/systemd/system/boot-loader.service", "w") as file:
            file.write(UNITS["boot-loader.service"])
        # The root has the name of the machine that has made it.
        with open(f"{upper}/etc/hostname", "w") as file:
            file.write(host + "\n")
        os.symlink(
            "../boot-loader.service", f"{upper}/etc/systemd/system/sysinit.target.wants/boot-loader.service")
        for unit in ("apt-daily.timer", "apt-daily-upgrade.timer", "fstrim.timer", "systemd-resolved.service", "dpkg-db-backup.timer"):
            os.symlink("/dev/null", f"{upper}/etc/systemd/system/{unit}")
        self.boots[host] = subprocess.Popen(
            [f"{FLEET}/boot", root(), f"{self.directory}/{host}", host], stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL, stderr=open(f"{self.directory}/{host}.log", "w"))

    def wait(self, host):
        for _ in range(300):
            answer = self.run(host, "systemctl is-system-running")
            if answer.strip() in ("running", "degraded"):
                return
            time.sleep(0.2)
        sys.exit(f"{host}: does not boot: " + open(f"{self.directory}/{host}.log").read())

    def run(self, host, command):
        return subprocess.run([f"{FLEET}/into", host, command], capture_output=True, text=True).stdout

    def boot_id(self, host):
        return self.run(host, "cat /proc/sys/kernel/random/boot_id").strip()

    def tree(self, host):
        """The hash of each file that a host has written, without what Ansible and systemd write at each connection."""
        result = {}
        upper = f"{self.directory}/{host}/upper"
        for path, directories, files in os.walk(upper):
            directories[:] = [
                name for name in directories if f"{path}/{name}"[len(upper):] not in
                ("/root/.ansible", "/run", "/tmp", "/var/tmp", "/var/log", "/var/lib/systemd")]
            for name in files:
                content = open(f"{path}/{name}", "rb").read() if os.path.isfile(f"{path}/{name}") else b""
                result[f"{path}/{name}"[len(upper):]] = hashlib.sha256(content).hexdigest()
        return result

    def written(self, before):
        """The files that differ from those of trees by host."""
        return {
            host: sorted({name for name, _ in tree.items() ^ self.tree(host).items()}) for host, tree in before.items()
            if tree != self.tree(host)}

    def inventory(self, hosts=None, group="pvp_hosts", each=None, **variables):
        """Writes an inventory in JSON, which is YAML too; returns its path."""
        settings = {**SETTINGS, "pvp_host_package": self.package, **variables}
        path = f"{self.directory}/inventory.json"
        names = {host: dict((each or {}).get(host, {})) for host in hosts or self.hosts}
        with open(path, "w") as file:
            json.dump({"all": {"children": {group: {"hosts": names, "vars": settings}}}}, file)
        return path

    def play(self, playbook, *options, inventory=None, seconds=600):
        command = [f"{self.programs}ansible-playbook", "-i", inventory or self.inventory(), playbook, *options]
        done = subprocess.run(
            command, capture_output=True, text=True, env=self.environment, timeout=seconds, stdin=subprocess.DEVNULL,
            cwd=self.directory)
        recap = {
            host: dict((key, int(value)) for key, value in re.findall(r"(\w+)=(\d+)", counts))
            for host, counts in re.findall(r"^(\S+) +: (ok=.*)$", done.stdout, re.MULTILINE)}
        return done.returncode, recap, done.stdout + done.stderr
