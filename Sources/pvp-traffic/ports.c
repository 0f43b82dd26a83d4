// The ports: one receive and one transmit queue each, which only the lcore of the port uses, or in the reflector that of the other one.
#include "traffic.h"

#include <stdio.h>
#include <string.h>

#include <rte_ethdev.h>
#include <rte_lcore.h>

#define DESCRIPTORS 1024
#define POOL 8191
#define CACHE 256

struct traffic_port traffic_ports[TRAFFIC_PORTS];
unsigned traffic_port_count;

static char reason[256];

static const char *refused(const char *what, uint16_t id, int result) {
    snprintf(reason, sizeof reason, "port %u: %s: %s", id, what, rte_strerror(-result));
    return reason;
}

static struct rte_mempool *make_pool(const char *kind, const struct traffic_port *port) {
    char name[32];
    snprintf(name, sizeof name, "%s-%u", kind, port->index);
    // One segment for each frame: 2048 bytes are enough for all sizes of RFC 2544.
    return rte_pktmbuf_pool_create(name, POOL, CACHE, 0, RTE_MBUF_DEFAULT_BUF_SIZE, rte_eth_dev_socket_id(port->id));
}

static const char *start_port(struct traffic_port *port) {
    struct rte_eth_dev_info info;
    struct rte_eth_conf configuration = {0};
    uint16_t received = DESCRIPTORS, sent = DESCRIPTORS;
    int result = rte_eth_dev_info_get(port->id, &info);
    if (result != 0) return refused("cannot be asked for its capabilities", port->id, result);
    result = rte_eth_dev_configure(port->id, 1, 1, &configuration);
    if (result != 0) return refused("cannot be configured", port->id, result);
    result = rte_eth_dev_adjust_nb_rx_tx_desc(port->id, &received, &sent);
    if (result != 0) return refused("number of descriptors", port->id, result);
    struct rte_mempool *pool = make_pool("receive", port);
    port->pool = make_pool("send", port);
    if (pool == NULL || port->pool == NULL) return refused("not enough memory for its frames", port->id, -rte_errno);
    result = rte_eth_rx_queue_setup(port->id, 0, received, rte_eth_dev_socket_id(port->id), NULL, pool);
    if (result != 0) return refused("receive queue", port->id, result);
    result = rte_eth_tx_queue_setup(port->id, 0, sent, rte_eth_dev_socket_id(port->id), NULL);
    if (result != 0) return refused("transmit queue", port->id, result);
    result = rte_eth_macaddr_get(port->id, &port->mac);
    if (result != 0) return refused("MAC address", port->id, result);
    result = rte_eth_dev_start(port->id);
    if (result != 0) return refused("cannot be started", port->id, result);
    // Not each driver can: then frames for other addresses do not come.
    rte_eth_promiscuous_enable(port->id);
    return NULL;
}

const char *ports_start(void) {
    uint16_t id;
    unsigned lcore = rte_get_next_lcore(-1, 1, 0);
    RTE_ETH_FOREACH_DEV(id) {
        if (traffic_port_count == TRAFFIC_PORTS) return "expected 1 or 2 ports, found more";
        if (lcore == RTE_MAX_LCORE) return "expected a worker lcore for each port (-l MAIN,WORKER,WORKER)";
        struct traffic_port *port = &traffic_ports[traffic_port_count];
        port->id = id;
        port->index = traffic_port_count++;
        port->lcore = lcore;
        lcore = rte_get_next_lcore(lcore, 1, 0);
        const char *problem = start_port(port);
        if (problem != NULL) return problem;
    }
    return traffic_port_count == 0 ? "expected 1 or 2 ports, found none" : NULL;
}

void ports_stop(void) {
    for (unsigned index = 0; index < traffic_port_count; index++) {
        rte_eth_dev_stop(traffic_ports[index].id);
        rte_eth_dev_close(traffic_ports[index].id);
    }
}
