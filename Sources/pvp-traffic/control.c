// The control socket: a client sends a line with a command and KEY=VALUE words, and gets a line of JSON. One client at a time, because there is
// one trial at a time.
#include "traffic.h"

#include <errno.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <rte_cycles.h>
#include <rte_ethdev.h>
#include <rte_version.h>

/// Frames are on their way for this long at most after the last one was sent.
#define DRAIN_MS 2000
/// Nothing more comes when nothing came for so long.
#define QUIET_MS 100

struct traffic_trial traffic_trial;
struct traffic_faults traffic_faults;
bool traffic_is_reflector;

static volatile sig_atomic_t is_ended;
static void end(int signal) {
    (void)signal;
    is_ended = 1;
}

static bool has_state(enum traffic_state state) {
    for (unsigned index = 0; index < traffic_port_count; index++)
        if (atomic_load_explicit(&traffic_ports[index].state, memory_order_acquire) != state) return false;
    return true;
}

static void want(enum traffic_state state) {
    for (unsigned index = 0; index < traffic_port_count; index++)
        atomic_store_explicit(&traffic_ports[index].wanted, state, memory_order_release);
}

static void want_and_wait(enum traffic_state state) {
    want(state);
    while (!has_state(state)) usleep(100);
}

/// Whether the client has closed the connection.
static bool is_gone(int client) {
    struct pollfd entry = {.fd = client, .events = POLLRDHUP};
    return poll(&entry, 1, 0) > 0 && entry.revents & (POLLRDHUP | POLLHUP | POLLERR);
}

static void print_error(FILE *out, const char *text) { fprintf(out, "{\"error\":\"%s\"}\n", text); }

/// Waits until both ports are done and nothing comes any more. False if the client has gone: then nobody waits for the result.
static bool finish(int client) {
    while (!has_state(TRAFFIC_DRAIN)) {
        usleep(500);
        if (is_ended || is_gone(client)) {
            want(TRAFFIC_DRAIN);
            while (!has_state(TRAFFIC_DRAIN)) usleep(100);
            return false;
        }
    }
    uint64_t hz = rte_get_tsc_hz();
    uint64_t begin = rte_rdtsc();
    for (;;) {
        uint64_t last = begin;
        uint64_t expected = 0, received = 0;
        for (unsigned index = 0; index < traffic_port_count; index++) {
            const struct traffic_counters *counters = &traffic_ports[index].counters;
            last = RTE_MAX(last, counters->last_tsc);
            expected += counters->sent;
            received += counters->received;
        }
        uint64_t now = rte_rdtsc();
        if (received >= expected || now - last > hz / 1000 * QUIET_MS || now - begin > hz / 1000 * DRAIN_MS) return true;
        usleep(500);
    }
}

static void run_trial(FILE *out, int client, bool has_latency) {
    struct rte_eth_stats before[TRAFFIC_PORTS] = {0};
    want_and_wait(TRAFFIC_IDLE);
    for (unsigned index = 0; index < traffic_port_count; index++) {
        frame_fill_pool(&traffic_ports[index]);
        rte_eth_stats_get(traffic_ports[index].id, &before[index]);
    }
    want(TRAFFIC_SEND);
    if (!finish(client)) {
        want_and_wait(TRAFFIC_IDLE);
        return;
    }
    want_and_wait(TRAFFIC_IDLE);
    fprintf(out, "{\"trial\":%u,\"intended\":%" PRIu64 ",\"ports\":[", traffic_trial.id, traffic_trial.intended);
    for (unsigned index = 0; index < traffic_port_count; index++) {
        if (index > 0) fputc(',', out);
        report_port(out, &traffic_ports[index], &before[index], has_latency);
    }
    fprintf(out, "]}\n");
}

static void answer(FILE *out, int client, char *line) {
    char *words = strchr(line, ' ');
    if (words != NULL) *words++ = '\0';
    else words = line + strlen(line);
    if (strcmp(line, "status") == 0) {
        struct rte_eth_stats none = {0};
        fprintf(out, "{\"version\":\"%s\",\"reflector\":%s,\"tsc_hz\":%" PRIu64 ",\"ports\":[", rte_version(),
            traffic_is_reflector ? "true" : "false", rte_get_tsc_hz());
        for (unsigned index = 0; index < traffic_port_count; index++) {
            if (index > 0) fputc(',', out);
            report_port(out, &traffic_ports[index], &none, false);
        }
        fprintf(out, "]}\n");
    } else if (strcmp(line, "trial") == 0 && !traffic_is_reflector) {
        bool has_latency = false;
        struct traffic_trial trial;
        const char *problem = command_trial(words, &trial, &has_latency);
        if (problem != NULL) return print_error(out, problem);
        traffic_trial = trial;
        run_trial(out, client, has_latency);
    } else if (strcmp(line, "reflect") == 0 && traffic_is_reflector) {
        struct traffic_faults faults;
        const char *problem = command_faults(words, &faults);
        if (problem != NULL) return print_error(out, problem);
        want_and_wait(TRAFFIC_IDLE);
        traffic_faults = faults;
        want_and_wait(TRAFFIC_REFLECT);
        fprintf(out, "{}\n");
    } else {
        print_error(out, traffic_is_reflector ? "expected status or reflect" : "expected status or trial");
    }
}

static int listen_at(const char *path) {
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    int listener = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (listener < 0 || strlen(path) >= sizeof address.sun_path) return -1;
    strcpy(address.sun_path, path);
    unlink(path);
    // Only root may have frames sent.
    mode_t before = umask(0177);
    int result = bind(listener, (struct sockaddr *)&address, sizeof address);
    umask(before);
    return result == 0 && listen(listener, 4) == 0 ? listener : -1;
}

static pthread_t main_thread;

/// Reads standard input until its end, which comes when the connection of ssh ends.
static void *await_eof(void *argument) {
    (void)argument;
    char bytes[256];
    while (read(STDIN_FILENO, bytes, sizeof bytes) > 0) {}
    pthread_kill(main_thread, SIGTERM);
    return NULL;
}

void control_end_at_eof(void) {
    pthread_t thread;
    main_thread = pthread_self();
    pthread_create(&thread, NULL, await_eof, NULL);
}

int control_run(const char *path) {
    // Without SA_RESTART: accept() and read() end when the program is to end.
    struct sigaction action = {.sa_handler = end};
    sigaction(SIGTERM, &action, NULL);
    sigaction(SIGINT, &action, NULL);
    signal(SIGPIPE, SIG_IGN);
    int listener = listen_at(path);
    if (listener < 0) {
        fprintf(stderr, "pvp-traffic: %s: %s\n", path, strerror(errno));
        return 1;
    }
    printf("pvp-traffic: ready at %s\n", path);
    fflush(stdout);
    while (!is_ended) {
        int client = accept4(listener, NULL, NULL, SOCK_CLOEXEC);
        if (client < 0) continue;
        FILE *in = fdopen(client, "r");
        FILE *out = fdopen(dup(client), "w");
        char line[4096];
        while (!is_ended && in != NULL && out != NULL && fgets(line, sizeof line, in) != NULL) {
            line[strcspn(line, "\n")] = '\0';
            answer(out, client, line);
            fflush(out);
        }
        if (in != NULL) fclose(in);
        if (out != NULL) fclose(out);
    }
    unlink(path);
    return 0;
}
