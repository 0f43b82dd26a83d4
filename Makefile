PREFIX = /usr
DESTDIR =
SWIFT = swift

# What a build, the tests and the lab need on Debian 12, beside Swift itself.
PACKAGES = \
	ca-certificates gcc git libc6-dev libstdc++-12-dev make pkg-config \
	libdpdk-dev libsystemd-dev libvirt-dev libxml2-dev libyaml-dev libzmq3-dev \
	dpdk-dev libvirt-clients libvirt-daemon systemd \
	cpio e2fsprogs fdisk grub-common grub-efi-amd64-bin grub-pc-bin kmod mmdebstrap mtools openssh-client \
	ovmf qemu-system-x86 qemu-utils seabios socat strace systemd-container util-linux zstd \
	chromium curl libguestfs-tools python3 xorriso \
	dtach fish groff-base hyperfine libxml2-utils man-db mandoc procps python3-jsonschema python3-prometheus-client tmux zsh \
	busybox dnsmasq-base iproute2 iptables \
	dbus-user-session dpkg-dev lintian rpm \
	libnuma-dev meson ninja-build patch python3-pyelftools xz-utils \
	ansible-core python3-pytest

# The Swift runtime is in each program; relro and now, no RUNPATH, and no symbols for libraries to find.
# Types are looked up by their accessors instead of by their mangled names, which takes a quarter of the generator's steps.
# Functions with the same code are one.
BUILD = -c release --static-swift-stdlib --disable-local-rpath -Xlinker -z -Xlinker relro -Xlinker -z -Xlinker now -Xlinker --no-export-dynamic \
	-Xlinker --icf=safe -Xswiftc -Xfrontend -Xswiftc -disable-concrete-type-metadata-mangled-name-accessors
# Helpers that are pvpgen under other names.
LINKS = pvp-build pvp-dpdk pvp-guest pvp-host pvp-image pvp-network
HELPERS = pvp-console pvp-traffic $(LINKS)
PROGRAMS = pvpgen pvp-generator $(HELPERS)

ETC = $(DESTDIR)/etc/pvpgen
BIN = $(DESTDIR)$(PREFIX)/bin
LIB = $(DESTDIR)$(PREFIX)/lib
DOC = $(DESTDIR)$(PREFIX)/share/doc/pvpgen
MAN = $(DESTDIR)$(PREFIX)/share/man
BASH = $(DESTDIR)$(PREFIX)/share/bash-completion/completions
ZSH = $(DESTDIR)$(PREFIX)/share/zsh/vendor-completions
FISH = $(DESTDIR)$(PREFIX)/share/fish/vendor_completions.d
SELINUX = $(DESTDIR)$(PREFIX)/share/selinux/packages
MANUALS = $(MAN)/man5/pvp.conf.5 $(MAN)/man7/pvpgen-units.7 $(PROGRAMS:%=$(MAN)/man8/%.8)
COMPLETIONS = $(BASH)/pvpgen $(ZSH)/_pvpgen $(FISH)/pvpgen.fish
DOCUMENTATION = $(wildcard docs/*.md docs/*/*.md docs/pictures/*.svg docs/pictures/*.png)
DATA = $(wildcard docs/reference/schemas/*.json docs/guides/*.json)
UNITS = $(wildcard units/*.service units/*.target units/*.slice units/*.mount units/*.socket)
RULES = $(wildcard units/*.rules)

.PHONY: deps build check test demo pictures soak matrix lint install uninstall deb rpm collection bench fuzz clean

deps:
	apt-get update
	DEBIAN_FRONTEND=noninteractive apt-get install --yes --no-install-recommends $(PACKAGES)

build: .build/release.stamp

.build/release.stamp: Package.swift $(shell find Sources -type f)
	set -e; for program in $(filter-out $(LINKS),$(PROGRAMS)); do $(SWIFT) build $(BUILD) --product $$program; done
	set -e; for link in $(LINKS); do ln -sf pvpgen .build/release/$$link; done
	touch $@

# Lint, build and unit tests, while working.
check:
	Tests/run check

# Everything that CI needs.
test: deps
	Tests/run

# On a host of another release of Debian with RELEASE=trixie.
demo: deps build
	$(if $(RELEASE),packages/build-deb-in-release $(RELEASE))
	$(SWIFT) build --product pvp-demo
	.build/debug/pvp-demo $(RELEASE)

# The pictures of the documentation: the plan of the example, what status and top print on the host of the demo, and the page of its result.
pictures: deps build
	rm -rf .build/pictures
	Tests/make-host Tests/Cases/01-example .build/pictures/host
	.build/release/pvpgen plan --svg --root=.build/pictures/host --output=docs/pictures/plan.svg
	$(SWIFT) build --product pvp-demo
	PICTURES=.build/pictures .build/debug/pvp-demo
	set -e; for verb in status top; do \
	    Tests/terminal-picture "pvpgen $$verb" < .build/pictures/$$verb.txt > docs/pictures/$$verb.svg; done
	chromium --headless --no-sandbox --hide-scrollbars --window-size=900,1050 --screenshot=docs/pictures/measurement.png \
	    file://$(CURDIR)/.build/pictures/measurement.html

# What takes too long for each change.
soak: deps build
	Tests/soak

# The package of each release of Debian in a lab machine of that release, or of RELEASE alone.
matrix: deps build
	Tests/matrix $(RELEASE)

lint:
	$(SWIFT) format lint --strict --recursive Package.swift Sources Tests
	Tests/prose
	Tests/imports

install: build
	install -D --strip -t $(BIN) .build/release/pvpgen
	install -D --strip -t $(LIB)/pvpgen .build/release/pvp-console .build/release/pvp-traffic
	set -e; for link in $(LINKS); do ln -sf ../../bin/pvpgen $(LIB)/pvpgen/$$link; done
	install -D --strip -t $(LIB)/systemd/system-generators .build/release/pvp-generator
	install -d $(LIB)/systemd/system
	set -e; for unit in $(UNITS); do \
	    sed 's,/usr/\(lib\|bin\)/pvpgen,$(PREFIX)/\1/pvpgen,' $$unit > $(LIB)/systemd/system/$${unit##*/}; \
	    chmod 644 $(LIB)/systemd/system/$${unit##*/}; done
	install -D -m 644 -t $(LIB)/udev/rules.d $(RULES)
	install -D -m 644 units/pvpgen.tmpfiles $(LIB)/tmpfiles.d/pvpgen.conf
	install -D -m 644 units/pvpgen.sysusers $(LIB)/sysusers.d/pvpgen.conf
	install -D -m 644 -t $(SELINUX) packages/selinux/pvpgen.cil
	install -D -m 644 etc/pvp.conf $(ETC)/pvp.conf.example
	install -D -m 644 -t $(DOC) README.md CHANGELOG.md CONTRIBUTING.md SECURITY.md LICENSE
	set -e; for page in $(DOCUMENTATION) $(DATA); do install -D -m 644 $$page $(DOC)/$$page; done
	install -d $(MAN)/man5 $(MAN)/man7 $(MAN)/man8 $(BASH) $(ZSH) $(FISH)
	.build/release/pvpgen manual pvp.conf.5 > $(MAN)/man5/pvp.conf.5
	.build/release/pvpgen manual pvpgen.8 > $(MAN)/man8/pvpgen.8
	.build/release/pvpgen manual pvpgen-units.7 > $(MAN)/man7/pvpgen-units.7
	set -e; for program in pvp-generator $(HELPERS); do \
	    .build/release/$$program --help | .build/release/pvpgen manual $$program.8 > $(MAN)/man8/$$program.8; done
	.build/release/pvpgen --generate-completion-script bash | sed '1{/^#!/d}' > $(BASH)/pvpgen
	.build/release/pvpgen --generate-completion-script zsh > $(ZSH)/_pvpgen
	.build/release/pvpgen --generate-completion-script fish > $(FISH)/pvpgen.fish
	chmod 644 $(MANUALS) $(COMPLETIONS)
	# What a package's installation does; a tree for a package is left alone.
	test -n "$(DESTDIR)" || systemd-sysusers pvpgen.conf
	@echo "next: pvpgen init --output=/etc/pvpgen/pvp.conf, then: pvpgen install"

uninstall:
	rm -f $(BIN)/pvpgen $(LIB)/systemd/system-generators/pvp-generator
	rm -rf $(LIB)/pvpgen $(DOC)
	rm -f $(ETC)/pvp.conf.example
	-rmdir $(ETC)
	rm -f $(UNITS:units/%=$(LIB)/systemd/system/%) $(RULES:units/%=$(LIB)/udev/rules.d/%)
	rm -f $(LIB)/tmpfiles.d/pvpgen.conf $(LIB)/sysusers.d/pvpgen.conf $(SELINUX)/pvpgen.cil $(MANUALS) $(COMPLETIONS)

# Packages of the release build, in .build. With RELEASE=trixie the Debian package is of a build in that release of Debian, in .build-trixie.
ifdef RELEASE
deb:
	packages/build-deb-in-release $(RELEASE)
else
deb: build
	packages/build-deb
endif

rpm: build
	packages/build-rpm

# The Ansible collection as a tarball for ansible-galaxy, in .build.
ANSIBLE_GALAXY = ansible-galaxy
COLLECTION = packages/ansible/ansible_collections/pvpgen/pvp
COLLECTION_DIR = .build
collection:
	$(ANSIBLE_GALAXY) collection build --force --output-path $(COLLECTION_DIR) $(COLLECTION)

bench: build
	Tests/Bench/generator.sh .build/release/pvp-generator
	Tests/Bench/other-generators.sh .build/release/pvp-generator
	Tests/Bench/bad-input.sh .build/release/pvp-generator
	Tests/Bench/big-host.sh .build/release/pvpgen
	Tests/Bench/growth.sh .build/release/pvp-generator
	Tests/Bench/console.sh .build/release/pvp-console
	Tests/Bench/clients.py .build/release/pvpgen .build/release/pvp-console
	Tests/Bench/security.sh .build/release/pvp-generator
	Tests/Bench/ready.py .build/release/pvp-guest
	Tests/Bench/live-view.py .build/release/pvpgen
	Tests/Bench/traffic.py .build/release/pvp-traffic
	Tests/Bench/chain.py .build/release/pvpgen .build/release/pvp-traffic
	Tests/Bench/fleet.py

# Each reader for 10 s.
fuzz:
	Tests/Fuzz/run

clean:
	rm -rf .build .build-*
