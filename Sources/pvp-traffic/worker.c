// The loop of a port: it sends at the rate of the trial by the TSC, and looks at what comes back in between.
#include "traffic.h"

#include <string.h>

#include <rte_cycles.h>
#include <rte_ethdev.h>

/// Frames that are due together are sent together, but no more than are due in this time: larger clumps overflow the rings of what is measured.
#define CLUMP_NS 7500

static void receive(struct traffic_port *port) {
    struct rte_mbuf *frames[TRAFFIC_BURST];
    unsigned count = rte_eth_rx_burst(port->id, 0, frames, TRAFFIC_BURST);
    if (count == 0) return;
    uint64_t tsc = rte_rdtsc();
    unsigned sender = traffic_port_count == 1 ? port->index : 1 - port->index;
    for (unsigned number = 0; number < count; number++) frame_take(frames[number], &port->counters, sender, tsc);
    rte_pktmbuf_free_bulk(frames, count);
}

static uint64_t clamp(uint64_t value, uint64_t low, uint64_t high) { return value < low ? low : value > high ? high : value; }

/// Sends `count` frames from number `first` on; returns how many the queue took.
static unsigned transmit(struct traffic_port *port, uint64_t first, unsigned count) {
    struct rte_mbuf *frames[TRAFFIC_BURST];
    if (rte_pktmbuf_alloc_bulk(port->pool, frames, count) != 0) return 0;
    uint64_t tsc = rte_rdtsc();
    uint64_t bytes[TRAFFIC_BURST + 1] = {0};
    // Once for all frames, because a division of 64 bits takes long.
    unsigned size = first % traffic_trial.size_count;
    unsigned flow = first % traffic_trial.flows;
    for (unsigned number = 0; number < count; number++) {
        frame_prepare(frames[number], port, first + number, traffic_trial.sizes[size], flow, tsc);
        bytes[number + 1] = bytes[number] + traffic_trial.sizes[size];
        if (++size == traffic_trial.size_count) size = 0;
        if (++flow == traffic_trial.flows) flow = 0;
    }
    unsigned taken = rte_eth_tx_burst(port->id, 0, frames, count);
    if (taken < count) rte_pktmbuf_free_bulk(frames + taken, count - taken);
    port->counters.sent_bytes += bytes[taken];
    return taken;
}

/// One trial: ends when each frame was sent or its time has passed, or when it is stopped.
static void send_trial(struct traffic_port *port) {
    const struct traffic_trial *trial = &traffic_trial;
    struct traffic_counters *counters = &port->counters;
    uint64_t hz = rte_get_tsc_hz();
    uint64_t clump = clamp(trial->rate * CLUMP_NS / 1000000000, 1, TRAFFIC_BURST);
    uint64_t lag = clamp(trial->rate * trial->lag_us / 1000000, 2 * TRAFFIC_BURST, UINT64_MAX);
    uint64_t intended = trial->directions & 1u << port->index ? trial->intended : 0;
    // Of all frames: sent ones, and ones whose time has passed. Sequence numbers are those of sent frames, so that a gap is a loss.
    uint64_t done = 0;
    uint64_t begin = rte_rdtsc();
    uint64_t last = begin;
    counters->begin_tsc = begin;
    uint64_t duration = (uint64_t)((unsigned __int128)trial->duration_us * hz / 1000000);
    while (atomic_load_explicit(&port->wanted, memory_order_relaxed) == TRAFFIC_SEND) {
        receive(port);
        uint64_t now = rte_rdtsc();
        if (now - last > counters->max_gap_tsc) counters->max_gap_tsc = now - last;
        last = now;
        uint64_t elapsed = now - begin;
        if (done == intended) {
            if (elapsed >= duration) break;
            continue;
        }
        // Exact at each moment: nothing adds up.
        uint64_t due = elapsed >= duration ? intended : (uint64_t)((unsigned __int128)elapsed * trial->rate / hz);
        if (due > intended) due = intended;
        if (due - done > lag) {
            uint64_t passed = due - done - lag;
            counters->unsent += passed;
            done += passed;
        }
        if (elapsed >= duration + (uint64_t)((unsigned __int128)trial->lag_us * hz / 1000000)) {
            counters->unsent += intended - done;
            done = intended;
            continue;
        }
        if (due - done < clump && due < intended) continue;
        unsigned count = clamp(due - done, 0, TRAFFIC_BURST);
        unsigned taken = transmit(port, counters->sent, count);
        if (taken < count) counters->tx_full++;
        counters->sent += taken;
        done += taken;
    }
    counters->end_tsc = rte_rdtsc();
}

static void drain(struct traffic_port *port) {
    while (atomic_load_explicit(&port->wanted, memory_order_relaxed) == TRAFFIC_DRAIN) receive(port);
}

/// Between trials frames are received and forgotten, so that no ring fills up.
static void idle(struct traffic_port *port) {
    struct rte_mbuf *frames[TRAFFIC_BURST];
    while (atomic_load_explicit(&port->wanted, memory_order_acquire) == TRAFFIC_IDLE) {
        unsigned count = rte_eth_rx_burst(port->id, 0, frames, TRAFFIC_BURST);
        if (count > 0) rte_pktmbuf_free_bulk(frames, count);
    }
}

int worker_run(void *argument) {
    struct traffic_port *port = argument;
    for (;;) {
        enum traffic_state wanted = atomic_load_explicit(&port->wanted, memory_order_acquire);
        switch (wanted) {
        case TRAFFIC_END: return 0;
        case TRAFFIC_IDLE:
            atomic_store_explicit(&port->state, wanted, memory_order_release);
            idle(port);
            break;
        case TRAFFIC_REFLECT:
            atomic_store_explicit(&port->state, wanted, memory_order_release);
            reflect(port);
            break;
        case TRAFFIC_SEND:
            memset(&port->counters, 0, sizeof port->counters);
            port->counters.min_latency_tsc = UINT64_MAX;
            send_trial(port);
            // From now on it waits for frames that are still on their way.
            atomic_store_explicit(&port->wanted, TRAFFIC_DRAIN, memory_order_release);
            break;
        case TRAFFIC_DRAIN:
            atomic_store_explicit(&port->state, wanted, memory_order_release);
            drain(port);
            break;
        }
    }
}
