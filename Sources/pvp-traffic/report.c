// What a port has counted, as JSON.
#include "traffic.h"

#include <inttypes.h>
#include <stdio.h>

#include <rte_cycles.h>
#include <rte_ethdev.h>

static uint64_t nanoseconds(uint64_t tsc) { return (uint64_t)((unsigned __int128)tsc * 1000000000 / rte_get_tsc_hz()); }

/// The lower end of a bucket of the histogram.
static uint64_t bucket_tsc(unsigned bucket) {
    if (bucket < TRAFFIC_SUBBUCKETS) return bucket;
    unsigned shift = bucket / TRAFFIC_SUBBUCKETS - 1;
    return (uint64_t)(TRAFFIC_SUBBUCKETS + bucket % TRAFFIC_SUBBUCKETS) << shift;
}

void report_port(FILE *out, const struct traffic_port *port, const struct rte_eth_stats *before, bool has_latency) {
    const struct traffic_counters *counters = &port->counters;
    struct rte_eth_stats after = {0};
    struct rte_eth_link link = {0};
    rte_eth_stats_get(port->id, &after);
    rte_eth_link_get_nowait(port->id, &link);
    fprintf(out,
        "{\"port\":%u,\"sent\":%" PRIu64 ",\"sent_bytes\":%" PRIu64 ",\"unsent\":%" PRIu64 ",\"tx_full\":%" PRIu64 ",\"received\":%" PRIu64
        ",\"received_bytes\":%" PRIu64 ",\"duplicate\":%" PRIu64 ",\"reordered\":%" PRIu64 ",\"late\":%" PRIu64 ",\"foreign\":%" PRIu64
        ",\"max_gap_ns\":%" PRIu64 ",\"duration_ns\":%" PRIu64 ",\"missed\":%" PRIu64 ",\"no_buffer\":%" PRIu64 ",\"errors\":%" PRIu64
        ",\"link\":%s",
        port->index, counters->sent, counters->sent_bytes, counters->unsent, counters->tx_full, counters->received, counters->received_bytes,
        counters->duplicate, counters->reordered, counters->late, counters->foreign, nanoseconds(counters->max_gap_tsc),
        nanoseconds(counters->end_tsc - counters->begin_tsc), after.imissed - before->imissed, after.rx_nombuf - before->rx_nombuf,
        after.ierrors + after.oerrors - before->ierrors - before->oerrors, link.link_status ? "true" : "false");
    if (has_latency && counters->received > 0) {
        fprintf(out, ",\"latency\":{\"minimum_ns\":%" PRIu64 ",\"maximum_ns\":%" PRIu64 ",\"sum_ns\":%" PRIu64 ",\"histogram\":[",
            nanoseconds(counters->min_latency_tsc), nanoseconds(counters->max_latency_tsc), nanoseconds(counters->sum_latency_tsc));
        bool is_first = true;
        for (unsigned bucket = 0; bucket < TRAFFIC_BUCKETS; bucket++) {
            if (counters->latency[bucket] == 0) continue;
            fprintf(out, "%s[%" PRIu64 ",%u]", is_first ? "" : ",", nanoseconds(bucket_tsc(bucket)), counters->latency[bucket]);
            is_first = false;
        }
        fprintf(out, "]}");
    }
    fprintf(out, "}");
}
