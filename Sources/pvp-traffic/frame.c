// Frames of a trial: Ethernet, IPv4 or IPv6, UDP, then 18 bytes that identify the frame. Addresses are those for benchmarks (RFC 2544, C.2.2;
// RFC 5180, 8).
#include "traffic.h"

#include <string.h>

#include <rte_ip.h>
#include <rte_udp.h>

#define MAGIC 0x7076
#define DISCARD_PORT 9
#define FIRST_FLOW_PORT 1024
#define CRC 4

/// Behind the UDP header, in network byte order except for the time.
struct tag {
    rte_be16_t magic;
    rte_be16_t trial;
    /// The sending port in the highest byte, then the sequence number.
    uint8_t stream;
    uint8_t sequence[5];
    uint64_t tsc;
} __attribute__((packed));
_Static_assert(sizeof(struct tag) == 18, "the smallest frame has room for 18 bytes");

static unsigned header_size(bool has_ipv6) {
    return sizeof(struct rte_ether_hdr) + (has_ipv6 ? sizeof(struct rte_ipv6_hdr) : sizeof(struct rte_ipv4_hdr)) + sizeof(struct rte_udp_hdr);
}

/// The smallest size of a frame with CRC.
unsigned frame_minimum(bool has_ipv6) { return header_size(has_ipv6) + sizeof(struct tag) + CRC; }

static void fill(struct rte_mempool *pool, void *argument, void *object, unsigned index) {
    const struct traffic_port *port = argument;
    struct rte_mbuf *frame = object;
    unsigned char *bytes = (unsigned char *)frame->buf_addr + RTE_PKTMBUF_HEADROOM;
    struct rte_ether_hdr *ethernet = (void *)bytes;
    const struct traffic_trial *trial = &traffic_trial;
    (void)pool;
    (void)index;
    memset(bytes, 0, frame->buf_len - RTE_PKTMBUF_HEADROOM);
    ethernet->dst_addr = trial->destination[port->index];
    ethernet->src_addr = port->mac;
    if (trial->has_ipv6) {
        struct rte_ipv6_hdr *ip = (void *)(ethernet + 1);
        // 2001:2::/48, the port in the last byte.
        const uint8_t prefix[] = {0x20, 0x01, 0x00, 0x02};
        ethernet->ether_type = rte_cpu_to_be_16(RTE_ETHER_TYPE_IPV6);
        ip->vtc_flow = rte_cpu_to_be_32(6u << 28);
        ip->proto = IPPROTO_UDP;
        ip->hop_limits = 64;
        memcpy(ip->src_addr, prefix, sizeof prefix);
        memcpy(ip->dst_addr, prefix, sizeof prefix);
        ip->src_addr[15] = 1 + port->index;
        ip->dst_addr[15] = 2 - port->index;
    } else {
        struct rte_ipv4_hdr *ip = (void *)(ethernet + 1);
        ethernet->ether_type = rte_cpu_to_be_16(RTE_ETHER_TYPE_IPV4);
        ip->version_ihl = RTE_IPV4_VHL_DEF;
        ip->time_to_live = 64;
        ip->next_proto_id = IPPROTO_UDP;
        ip->src_addr = rte_cpu_to_be_32(RTE_IPV4(198, 18, port->index, 1));
        ip->dst_addr = rte_cpu_to_be_32(RTE_IPV4(198, 18, 1 - port->index, 1));
    }
}

/// Writes what is the same in each frame of the trial into all frames of the port's pool: a frame keeps its bytes when it is freed.
void frame_fill_pool(const struct traffic_port *port) { rte_mempool_obj_iter(port->pool, fill, (void *)port); }

/// Makes a frame with that number of what the port sends: its length, which is `size` with CRC, its flow and its tag.
void frame_prepare(
    struct rte_mbuf *frame, const struct traffic_port *port, uint64_t sequence, uint16_t size, uint16_t flow, uint64_t tsc) {
    const struct traffic_trial *trial = &traffic_trial;
    uint16_t length = size - CRC;
    struct rte_ether_hdr *ethernet = rte_pktmbuf_mtod(frame, struct rte_ether_hdr *);
    struct rte_udp_hdr *udp;
    frame->data_len = length;
    frame->pkt_len = length;
    if (trial->has_ipv6) {
        struct rte_ipv6_hdr *ip = (void *)(ethernet + 1);
        udp = (void *)(ip + 1);
        ip->payload_len = rte_cpu_to_be_16(length - sizeof *ethernet - sizeof *ip);
        udp->dgram_len = ip->payload_len;
    } else {
        struct rte_ipv4_hdr *ip = (void *)(ethernet + 1);
        udp = (void *)(ip + 1);
        ip->total_length = rte_cpu_to_be_16(length - sizeof *ethernet);
        udp->dgram_len = rte_cpu_to_be_16(length - sizeof *ethernet - sizeof *ip);
        ip->hdr_checksum = 0;
        ip->hdr_checksum = rte_ipv4_cksum(ip);
    }
    udp->src_port = rte_cpu_to_be_16(FIRST_FLOW_PORT + flow);
    udp->dst_port = rte_cpu_to_be_16(DISCARD_PORT);
    // No checksum: allowed in IPv4; RFC 6935 in IPv6.
    udp->dgram_cksum = 0;
    struct tag tag = {.magic = rte_cpu_to_be_16(MAGIC), .trial = rte_cpu_to_be_16(trial->id), .stream = port->index, .tsc = tsc};
    for (unsigned byte = 0; byte < sizeof tag.sequence; byte++) tag.sequence[byte] = sequence >> (8 * (4 - byte));
    memcpy(udp + 1, &tag, sizeof tag);
}

/// The bucket of a time: exact below 128, then 128 buckets for each power of two.
static unsigned bucket(uint64_t tsc) {
    if (tsc < TRAFFIC_SUBBUCKETS) return tsc;
    unsigned shift = 63 - __builtin_clzll(tsc) - 7;
    return (shift + 1) * TRAFFIC_SUBBUCKETS + ((tsc >> shift) - TRAFFIC_SUBBUCKETS);
}

/// Counts a frame by its sequence number: in order, late in order, or for the second time.
static bool is_new(struct traffic_counters *counters, uint64_t sequence) {
    uint64_t *window = counters->window;
    // `highest` is the number of the next frame that is expected.
    if (sequence >= counters->highest) {
        uint64_t first = counters->highest;
        if (sequence - first >= TRAFFIC_WINDOW) {
            memset(window, 0, sizeof counters->window);
        } else {
            for (uint64_t number = first; number < sequence; number++)
                window[number % TRAFFIC_WINDOW / 64] &= ~(1ull << (number % 64));
        }
        counters->highest = sequence + 1;
    } else {
        bool is_known = counters->highest - sequence <= TRAFFIC_WINDOW && window[sequence % TRAFFIC_WINDOW / 64] & 1ull << (sequence % 64);
        if (is_known) {
            counters->duplicate++;
            return false;
        }
        counters->reordered++;
    }
    window[sequence % TRAFFIC_WINDOW / 64] |= 1ull << (sequence % 64);
    return true;
}

/// Counts a received frame.
void frame_take(const struct rte_mbuf *frame, struct traffic_counters *counters, unsigned sender, uint64_t tsc) {
    const struct rte_ether_hdr *ethernet = rte_pktmbuf_mtod(frame, const struct rte_ether_hdr *);
    bool has_ipv6 = frame->data_len > sizeof *ethernet && ethernet->ether_type == rte_cpu_to_be_16(RTE_ETHER_TYPE_IPV6);
    unsigned offset = header_size(has_ipv6);
    struct tag tag;
    if (frame->data_len < offset + sizeof tag) {
        counters->foreign++;
        return;
    }
    memcpy(&tag, (const char *)ethernet + offset, sizeof tag);
    if (tag.magic != rte_cpu_to_be_16(MAGIC) || tag.stream != sender) {
        counters->foreign++;
        return;
    }
    if (tag.trial != rte_cpu_to_be_16(traffic_trial.id)) {
        counters->late++;
        return;
    }
    uint64_t sequence = 0;
    for (unsigned byte = 0; byte < sizeof tag.sequence; byte++) sequence = sequence << 8 | tag.sequence[byte];
    counters->last_tsc = tsc;
    if (!is_new(counters, sequence)) return;
    counters->received++;
    counters->received_bytes += frame->pkt_len + CRC;
    uint64_t latency = tsc > tag.tsc ? tsc - tag.tsc : 0;
    counters->latency[bucket(latency)]++;
    counters->sum_latency_tsc += latency;
    if (latency < counters->min_latency_tsc) counters->min_latency_tsc = latency;
    if (latency > counters->max_latency_tsc) counters->max_latency_tsc = latency;
}
