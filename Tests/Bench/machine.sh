# Machines and configurations of any size, for the benches; sourced.

# machine DIRECTORY NODES CORES NICS: nodes with CORES cores of two threads each, NICs in pairs on the nodes in turn.
machine() {
    local node nic
    mkdir -p "$1"
    {
        for ((node = 0; node < $2; node++)); do echo "node $node memory=8192 cores=$3 threads=2"; done
        for ((nic = 0; nic < $4; nic++)); do echo "nic $(address $nic) node=$((nic / 2 % $2)) driver=vfio-pci group=$nic"; done
        echo 'iommu DMAR'
    } >"$1/topology"
    "$(dirname "${BASH_SOURCE[0]}")/../make-host" "$1" "$1"
}

# address N: that of the Nth NIC; two functions on a bus.
address() { printf '0000:%02x:00.%d' $(($1 / 2 + 16)) $(($1 % 2)); }

# configuration DIRECTORY NICS TESTPMDS GUESTS: each testpmd has as many pairs of NICs and as many guests as the others, give or take a guest.
configuration() {
    local n
    mkdir -p "$1/etc/pvpgen"
    {
        printf '[Network]\nAddress=10.0.0.1/16\n'
        for ((n = 0; n < $2; n++)); do printf '[NIC]\nPCIAddress=%s\nTestpmd=testpmd-%d\n' "$(address $n)" $((n / 2 % $3)); done
        for ((n = 0; n < $3; n++)); do printf '[Testpmd]\nName=testpmd-%d\nForwardingLcores=1\n' $n; done
        for ((n = 0; n < $4; n++)); do
            printf '[Guest]\nName=guest-%d\nTestpmd=testpmd-%d\nImage=/images/%d.qcow2\nVCPUs=1\nMemory=1G\n' $n $((n % $3)) $n
        done
    } >"$1/etc/pvpgen/pvp.conf"
}
