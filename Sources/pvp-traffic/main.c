// pvp-traffic: sends frames at an exact rate and counts what comes back, or sends back what comes, with planned faults.
#include "traffic.h"

#include <stdio.h>
#include <string.h>

#include <rte_eal.h>
#include <rte_lcore.h>

static const char usage[] =
    "Usage: pvp-traffic EAL-OPTIONS... -- --socket=PATH [--reflect] [--until-eof]\n"
    "\n"
    "Send frames at an exact rate and count what comes back\n"
    "\n"
    "Options:\n"
    "  --socket=PATH           Listen for commands on this socket\n"
    "  --reflect               Send back what comes in, with planned faults\n"
    "  --until-eof             End when standard input ends\n"
    "  -h, --help              Print this help\n"
    "\n"
    "EAL gets one main lcore, one worker lcore for each port, and 1 or 2 ports.\n"
    "\n"
    "Examples:\n"
    "  pvp-traffic -l 1-2 --vdev=net_ring0 -- --socket=/run/t.sock\n"
    "\n"
    "Exit codes: 0 on success, 1 on failure, 2 for wrong usage.\n";

int main(int count, char **arguments) {
    const char *path = NULL;
    bool ends_at_eof = false;
    const char prefix[] = "--socket=";
    if (count == 2 && (strcmp(arguments[1], "--help") == 0 || strcmp(arguments[1], "-h") == 0)) {
        fputs(usage, stdout);
        return 0;
    }
    int used = rte_eal_init(count, arguments);
    if (used < 0) return 1;
    for (int index = used + 1; index < count; index++) {
        if (strncmp(arguments[index], prefix, sizeof prefix - 1) == 0) {
            path = arguments[index] + sizeof prefix - 1;
        } else if (strcmp(arguments[index], "--reflect") == 0) {
            traffic_is_reflector = true;
        } else if (strcmp(arguments[index], "--until-eof") == 0) {
            ends_at_eof = true;
        } else {
            fprintf(stderr, "pvp-traffic: unexpected argument '%s'\n", arguments[index]);
            return 2;
        }
    }
    if (path == NULL) {
        fprintf(stderr, "pvp-traffic: --socket= is missing\n");
        return 2;
    }
    const char *problem = ports_start();
    if (problem != NULL) {
        fprintf(stderr, "pvp-traffic: %s\n", problem);
        rte_eal_cleanup();
        return 1;
    }
    for (unsigned index = 0; index < traffic_port_count; index++) {
        traffic_ports[index].wanted = traffic_is_reflector ? TRAFFIC_REFLECT : TRAFFIC_IDLE;
        rte_eal_remote_launch(worker_run, &traffic_ports[index], traffic_ports[index].lcore);
    }
    if (ends_at_eof) control_end_at_eof();
    int result = control_run(path);
    for (unsigned index = 0; index < traffic_port_count; index++)
        atomic_store_explicit(&traffic_ports[index].wanted, TRAFFIC_END, memory_order_release);
    rte_eal_mp_wait_lcore();
    ports_stop();
    rte_eal_cleanup();
    return result;
}
