// What the parts of pvp-traffic share: one trial at a time, a worker for each port, counters that only one worker writes.
#pragma once

#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

#include <rte_ethdev.h>
#include <rte_ether.h>
#include <rte_mbuf.h>

#define TRAFFIC_PORTS 2
#define TRAFFIC_BURST 32
#define TRAFFIC_SIZES 16
/// Sub-buckets of each power of two: a bucket is at most 1/128 wide.
#define TRAFFIC_SUBBUCKETS 128
#define TRAFFIC_BUCKETS (64 * TRAFFIC_SUBBUCKETS)
/// The sequence numbers below the highest one for which duplicates are recognized.
#define TRAFFIC_WINDOW 65536

/// What a trial sends from each port.
struct traffic_trial {
    uint16_t id;
    /// Frames in a second and direction.
    uint64_t rate;
    uint64_t duration_us;
    /// Frames of one direction: the rate times the duration.
    uint64_t intended;
    /// Sizes with CRC, in their order; the same size may be there several times.
    uint16_t sizes[TRAFFIC_SIZES];
    unsigned size_count;
    uint16_t flows;
    bool has_ipv6;
    /// What is later than this is not made up for.
    uint64_t lag_us;
    /// Bit n: port n sends.
    unsigned directions;
    /// Destination MAC address of what each port sends.
    struct rte_ether_addr destination[TRAFFIC_PORTS];
};

/// Faults of the reflector. 0 is none.
struct traffic_faults {
    /// Frames in a second and direction; more are lost.
    uint64_t limit;
    /// One frame in so many is lost, duplicated, or comes after the next one.
    uint64_t drop, duplicate, reorder;
    /// Nothing is forwarded for `stall_us` in each `stall_each_us`.
    uint64_t stall_us, stall_each_us;
    /// Bit n: what comes in on port n is not forwarded.
    unsigned blocked;
};

/// What a worker has counted in a trial.
struct traffic_counters {
    // What its port sent.
    uint64_t sent, sent_bytes;
    /// Frames whose time had passed: the worker was late, or the transmit queue was full for too long.
    uint64_t unsent;
    /// Calls in which the transmit queue did not take all frames.
    uint64_t tx_full;
    // What its port received, of the other port's.
    uint64_t received, received_bytes, duplicate, reordered;
    /// Frames of an earlier trial, and frames that are not of any.
    uint64_t late, foreign;
    /// The longest time between two looks at the receive queue while the trial ran.
    uint64_t max_gap_tsc;
    uint64_t min_latency_tsc, max_latency_tsc, sum_latency_tsc;
    uint64_t highest;
    uint64_t window[TRAFFIC_WINDOW / 64];
    uint32_t latency[TRAFFIC_BUCKETS];
    /// When the last frame of the trial came.
    uint64_t last_tsc;
    uint64_t begin_tsc, end_tsc;
};

/// What a worker does.
enum traffic_state { TRAFFIC_IDLE, TRAFFIC_SEND, TRAFFIC_DRAIN, TRAFFIC_REFLECT, TRAFFIC_END };

/// A port and the lcore that works for it.
struct traffic_port {
    uint16_t id;
    unsigned index;
    unsigned lcore;
    struct rte_ether_addr mac;
    /// Frames to send: they keep the bytes that are the same in each. Received ones are in a pool of their own.
    struct rte_mempool *pool;
    _Atomic enum traffic_state wanted, state;
    struct traffic_counters counters;
};

extern struct traffic_port traffic_ports[TRAFFIC_PORTS];
extern unsigned traffic_port_count;
extern struct traffic_trial traffic_trial;
extern struct traffic_faults traffic_faults;
extern bool traffic_is_reflector;

/// frame.c
void frame_fill_pool(const struct traffic_port *port);
unsigned frame_minimum(bool has_ipv6);
void frame_prepare(
    struct rte_mbuf *frame, const struct traffic_port *port, uint64_t sequence, uint16_t size, uint16_t flow, uint64_t tsc);
void frame_take(const struct rte_mbuf *frame, struct traffic_counters *counters, unsigned sender, uint64_t tsc);

/// worker.c
int worker_run(void *port);

/// reflect.c
void reflect(struct traffic_port *port);

/// command.c: NULL on success, otherwise what is wrong.
const char *command_trial(char *words, struct traffic_trial *trial, bool *has_latency);
const char *command_faults(char *words, struct traffic_faults *faults);

/// report.c
void report_port(FILE *out, const struct traffic_port *port, const struct rte_eth_stats *before, bool has_latency);

/// control.c: answers commands until the end of the program; 0 on success.
int control_run(const char *path);
/// From now on, the end of standard input ends control_run().
void control_end_at_eof(void);

/// ports.c: starts the ports; NULL on success, otherwise the reason.
const char *ports_start(void);
void ports_stop(void);
