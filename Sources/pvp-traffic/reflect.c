// The reflector: what comes in on one port goes out on the other, or back when there is one, with planned faults. It is the known device that
// measurements are tested against.
#include "traffic.h"

#include <rte_cycles.h>
#include <rte_ethdev.h>

/// Frames that the limit lets pass at once.
#define BUCKET (2 * TRAFFIC_BURST)

struct passage {
    /// Tokens of the limit as frames times the TSC's frequency.
    unsigned __int128 tokens;
    uint64_t last;
    uint64_t seen;
    struct rte_mbuf *held;
};

static void swap_addresses(struct rte_mbuf *frame) {
    struct rte_ether_hdr *ethernet = rte_pktmbuf_mtod(frame, struct rte_ether_hdr *);
    struct rte_ether_addr source = ethernet->src_addr;
    ethernet->src_addr = ethernet->dst_addr;
    ethernet->dst_addr = source;
}

/// Whether the limit has room for one frame more.
static bool has_token(struct passage *passage, uint64_t now, uint64_t hz) {
    unsigned __int128 most = (unsigned __int128)BUCKET * hz;
    passage->tokens += (unsigned __int128)(now - passage->last) * traffic_faults.limit;
    if (passage->tokens > most) passage->tokens = most;
    passage->last = now;
    if (passage->tokens < hz) return false;
    passage->tokens -= hz;
    return true;
}

static bool is_each(uint64_t number, uint64_t interval) { return interval > 0 && number % interval == 0; }

/// Puts the frames that go out for one that came in into `out`; returns their number, at most 3.
static unsigned forward(struct traffic_port *port, struct passage *passage, struct rte_mbuf *frame, struct rte_mbuf **out) {
    unsigned count = 0;
    struct traffic_counters *counters = &port->counters;
    passage->seen++;
    if (traffic_faults.blocked & 1u << port->index || is_each(passage->seen, traffic_faults.drop) ||
        (traffic_faults.limit > 0 && !has_token(passage, rte_rdtsc(), rte_get_tsc_hz()))) {
        counters->unsent++;
        rte_pktmbuf_free(frame);
        return 0;
    }
    swap_addresses(frame);
    if (is_each(passage->seen, traffic_faults.reorder) && passage->held == NULL) {
        passage->held = frame;
        counters->reordered++;
        return 0;
    }
    out[count++] = frame;
    if (is_each(passage->seen, traffic_faults.duplicate)) {
        struct rte_mbuf *copy = rte_pktmbuf_copy(frame, port->pool, 0, UINT32_MAX);
        if (copy != NULL) {
            out[count++] = copy;
            counters->duplicate++;
        }
    }
    if (passage->held != NULL) {
        out[count++] = passage->held;
        passage->held = NULL;
    }
    return count;
}

static bool is_stalled(uint64_t now, uint64_t begin, uint64_t hz) {
    if (traffic_faults.stall_each_us == 0) return false;
    uint64_t microseconds = (uint64_t)((unsigned __int128)(now - begin) * 1000000 / hz);
    return microseconds % traffic_faults.stall_each_us < traffic_faults.stall_us;
}

void reflect(struct traffic_port *port) {
    uint64_t hz = rte_get_tsc_hz();
    uint64_t begin = rte_rdtsc();
    struct passage passage = {.last = begin};
    uint16_t other = traffic_port_count == 1 ? port->id : traffic_ports[1 - port->index].id;
    struct rte_mbuf *in[TRAFFIC_BURST];
    struct rte_mbuf *out[3 * TRAFFIC_BURST];
    port->counters = (struct traffic_counters){0};
    while (atomic_load_explicit(&port->wanted, memory_order_relaxed) == TRAFFIC_REFLECT) {
        if (is_stalled(rte_rdtsc(), begin, hz)) continue;
        unsigned received = rte_eth_rx_burst(port->id, 0, in, TRAFFIC_BURST);
        unsigned count = 0;
        for (unsigned number = 0; number < received; number++) count += forward(port, &passage, in[number], out + count);
        port->counters.received += received;
        unsigned taken = 0;
        // As testpmd does, what the queue does not take is lost.
        while (taken < count) {
            unsigned more = rte_eth_tx_burst(other, 0, out + taken, RTE_MIN(count - taken, (unsigned)TRAFFIC_BURST));
            if (more == 0) break;
            taken += more;
        }
        port->counters.sent += taken;
        port->counters.tx_full += count - taken;
        if (taken < count) rte_pktmbuf_free_bulk(out + taken, count - taken);
    }
    rte_pktmbuf_free(passage.held);
}
