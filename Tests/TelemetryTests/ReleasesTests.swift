import JSON
import Telemetry
import Testing

/// What testpmds of several releases answered for a port of nothing; 21.11's answers are composed
/// from its source (lib/ethdev/rte_ethdev.c).
private let releases: [(version: String, info: String, link: String, stats: String)] = [
    (
        "21.11",
        #"""
        {"name":"net_null0","state":1,"nb_rx_queues":1,"nb_tx_queues":1,"port_id":0,"mtu":1500,\#
        "rx_mbuf_size_min":2176,"rx_mbuf_alloc_fail":0,
        "mac_addr":"1A:56","promiscuous":1,"scattered_rx":0,"all_multicast":1,"dev_started":1,"lro":0,\#
        "dev_configured":1,"rxq_state":[1],
        "txq_state":[1],"numa_node":0,"dev_flags":64,"rx_offloads":0,"tx_offloads":-2147483648,"ethdev_rss_hf":0}
        """#,
        #"{"status":"UP","speed":10000,"duplex":"full-duplex"}"#,
        #"""
        {"ipackets":72770912,"opackets":72239072,"ibytes":0,"obytes":0,"imissed":0,"ierrors":0,"oerrors":0,\#
        "rx_nombuf":0,
        "q_ipackets":[72770912,0],"q_opackets":[72239072,0],"q_ibytes":[0,0],"q_obytes":[0,0],"q_errors":[0,0]}
        """#
    ),
    (
        "22.11",
        #"""
        {"name":"net_null0","state":1,"nb_rx_queues":1,"nb_tx_queues":1,"port_id":0,"mtu":1500,"rx_mbuf_size_min":2176,
        "mac_addr":"1A:56:03:84:D7:3F","promiscuous":1,"scattered_rx":0,"all_multicast":1,"dev_started":1,"lro":0,\#
        "dev_configured":1,
        "rxq_state":[1],"txq_state":[1],"numa_node":0,"dev_flags":64,"rx_offloads":0,"tx_offloads":0,"ethdev_rss_hf":0}
        """#,
        #"{"status":"UP","speed":10000,"duplex":"full-duplex"}"#,
        #"""
        {"ipackets":72770912,"opackets":72239072,"ibytes":0,"obytes":0,"imissed":0,"ierrors":0,"oerrors":0,\#
        "rx_nombuf":0,
        "q_ipackets":[72770912,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0],"q_opackets":[72239072,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0],
        "q_ibytes":[0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0],"q_obytes":[0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0],
        "q_errors":[0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0]}
        """#
    ),
    (
        "24.11",
        #"""
        {"name":"net_null0","state":1,"nb_rx_queues":1,"nb_tx_queues":1,"port_id":0,"mtu":1500,"rx_mbuf_size_min":2176,
        "mac_addr":"0E:B0:38:7C:13:7A","promiscuous":1,"scattered_rx":0,"all_multicast":1,"dev_started":1,"lro":0,\#
        "dev_configured":1,
        "rxq_state":[1],"txq_state":[1],"numa_node":0,"dev_flags":"0x40","rx_offloads":[],"tx_offloads":[],\#
        "ethdev_rss_hf":"0x0"}
        """#,
        #"{"status":"UP","speed":10000,"duplex":"full-duplex"}"#,
        #"""
        {"ipackets":72770912,"opackets":72239072,"ibytes":0,"obytes":0,"imissed":0,"ierrors":0,"oerrors":0,\#
        "rx_nombuf":0,
        "q_ipackets":[72770912,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0],"q_opackets":[72239072,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0],
        "q_ibytes":[0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0],"q_obytes":[0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0],
        "q_errors":[0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0]}
        """#
    ),
    (
        "25.11",
        #"""
        {"name":"net_null0","state":1,"nb_rx_queues":1,"nb_tx_queues":1,"port_id":0,"mtu":1500,"rx_mbuf_size_min":2176,
        "mac_addr":"9E:CF:E2:F0:B4:24","promiscuous":1,"scattered_rx":0,"all_multicast":1,"dev_started":1,"lro":0,\#
        "dev_configured":1,
        "rxq_state":[1],"txq_state":[1],"numa_node":0,"dev_flags":"0x40","rx_offloads":[],"tx_offloads":[],\#
        "ethdev_rss_hf":"0x0"}
        """#,
        #"{"status":"UP","speed":10000,"duplex":"full-duplex"}"#,
        #"{"ipackets":72770912,"opackets":72239072,"ibytes":4650491904,"obytes":4619327488,"imissed":0,"ierrors":0,"#
            + #""oerrors":0,"rx_nombuf":0}"#
    ),
]

@Suite("Answers of DPDK's releases")
struct ReleasesTests {
    private func answer(_ question: String, _ value: String) throws -> JSON {
        try JSON(Array("{\"\(question)\":\(value)}".utf8))
    }

    @Test(arguments: releases.map(\.version)) func port(_ version: String) throws {
        let release = try #require(releases.first { $0.version == version })
        var survey = PortSurvey()
        _ = survey.take(try JSON(Array(#"{"version":"DPDK \#(version)","pid":1,"max_output_len":16384}"#.utf8)))
        _ = survey.take(try answer("/ethdev/list", "[0]"))
        _ = survey.take(try answer("/ethdev/info", release.info))
        _ = survey.take(try answer("/ethdev/link_status", release.link))
        guard case .done(let ports) = survey.take(try answer("/ethdev/stats", release.stats)) else {
            Issue.record("the survey goes on")
            return
        }
        let port = try #require(ports.first)
        #expect(
            port.name == "net_null0" && port.isStarted && port.isUp && port.speed == 10_000 && port.isFullDuplex == true
        )
        // 21.11 cuts the address off.
        #expect(port.isPromiscuous == true && port.address?.isEmpty == false)
        #expect(port.counters.count == Counter.allCases.count)
        #expect(port.counters[.receivedPackets] == 72_770_912 && port.counters[.sentPackets] == 72_239_072)
        #expect(port.counters[.receivedBytes] == (version == "25.11" ? 4_650_491_904 : 0))
    }
}
