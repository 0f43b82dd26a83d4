import HostTopology
import Testing

@Suite("Parameters of the kernel command line by their meaning")
struct KernelParameterTests {
    @Test(
        "Two that mean the same are equal",
        arguments: [
            ("isolcpus=1,2,3", "isolcpus=1-3"), ("isolcpus=domain,1-3", "isolcpus=1-3"),
            ("isolcpus=managed_irq,domain,1-3", "isolcpus=domain,managed_irq,1,2-3"),
            ("nohz_full=2-3", "nohz-full=2,3"),
            ("rcu_nocbs=1-2,4", "rcu_nocbs=4,1,2"), ("irqaffinity=0-1", "irqaffinity=0,1"),
            ("hugepages=0:1,1:2", "hugepages=1:2,0:1"),
            ("hugepagesz=1G", "hugepagesz=1024M"), ("default_hugepagesz=2M", "default-hugepagesz=2097152"),
            ("quiet", "quiet"),
            ("iommu=pt", "iommu=pt"), ("isolcpus=1-N", "isolcpus=1-N"),
        ])
    func equal(_ first: String, _ second: String) { #expect(KernelParameter(first) == KernelParameter(second)) }

    @Test(
        "Two that mean something else are not",
        arguments: [
            ("isolcpus=1-3", "isolcpus=1-2"), ("isolcpus=managed_irq,domain,1-3", "isolcpus=1-3"),
            ("isolcpus=nohz,1", "isolcpus=1"),
            ("isolcpus=1-3", "nohz_full=1-3"), ("hugepages=0:1,1:2", "hugepages=0:2,1:1"),
            ("hugepages=0:3", "hugepages=3"),
            ("hugepages=0:1,0:1", "hugepages=0:1"), ("hugepagesz=1G", "hugepagesz=2M"),
            ("hugepagesz=1G", "default_hugepagesz=1G"),
            ("quiet", "quiet="), ("a=1,2", "a=2,1"), ("isolcpus=", "isolcpus"), ("hugepagesz=", "hugepagesz=0"),
            ("hugepagesz=99999999999999999999G", "hugepagesz=1G"), ("isolcpus=99999999999999999999", "isolcpus=1"),
        ])
    func different(_ first: String, _ second: String) { #expect(KernelParameter(first) != KernelParameter(second)) }
}
