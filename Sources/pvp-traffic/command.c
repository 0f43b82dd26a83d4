// The words of a command: KEY=VALUE, separated by spaces.
#include "traffic.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

/// Reads a number of at most `most`; false for anything else.
static bool number(const char *text, uint64_t most, uint64_t *value) {
    char *rest;
    errno = 0;
    *value = strtoull(text, &rest, 10);
    return *text >= '0' && *text <= '9' && *rest == '\0' && errno == 0 && *value <= most;
}

static bool read_sizes(char *text, struct traffic_trial *trial) {
    char *rest = NULL;
    trial->size_count = 0;
    for (char *word = strtok_r(text, ",", &rest); word != NULL; word = strtok_r(NULL, ",", &rest)) {
        uint64_t size;
        if (trial->size_count == TRAFFIC_SIZES || !number(word, RTE_MBUF_DEFAULT_DATAROOM, &size)) return false;
        trial->sizes[trial->size_count++] = size;
    }
    return trial->size_count > 0;
}

/// Reads the words of a trial; NULL on success, otherwise what is wrong.
const char *command_trial(char *words, struct traffic_trial *trial, bool *has_latency) {
    uint64_t value;
    char *rest = NULL;
    *trial = (struct traffic_trial){.sizes = {64}, .size_count = 1, .flows = 1, .lag_us = 1000, .directions = (1u << traffic_port_count) - 1};
    for (unsigned index = 0; index < TRAFFIC_PORTS; index++)
        trial->destination[index] = traffic_ports[traffic_port_count == 1 ? index : 1 - index].mac;
    for (char *word = strtok_r(words, " ", &rest); word != NULL; word = strtok_r(NULL, " ", &rest)) {
        char *text = strchr(word, '=');
        if (text == NULL) return "expected KEY=VALUE";
        *text++ = '\0';
        if (strcmp(word, "sizes") == 0) {
            if (!read_sizes(text, trial)) return "sizes: expected up to 16 sizes of at most 2048 bytes";
        } else if (strcmp(word, "destination0") == 0 || strcmp(word, "destination1") == 0) {
            if (rte_ether_unformat_addr(text, &trial->destination[word[11] - '0']) != 0) return "destination: expected a MAC address";
        } else if (!number(text, UINT32_MAX, &value)) {
            return "expected a number";
        } else if (strcmp(word, "id") == 0) {
            trial->id = value;
        } else if (strcmp(word, "rate") == 0) {
            trial->rate = value;
        } else if (strcmp(word, "duration_us") == 0) {
            trial->duration_us = value;
        } else if (strcmp(word, "flows") == 0) {
            trial->flows = value;
        } else if (strcmp(word, "ipv6") == 0) {
            trial->has_ipv6 = value;
        } else if (strcmp(word, "lag_us") == 0) {
            trial->lag_us = value;
        } else if (strcmp(word, "directions") == 0) {
            trial->directions = value;
        } else if (strcmp(word, "latency") == 0) {
            *has_latency = value;
        } else {
            return "unknown key";
        }
    }
    if (trial->rate == 0 || trial->duration_us == 0) return "expected rate= and duration_us=";
    if (trial->flows == 0) return "flows: expected at least 1";
    for (unsigned index = 0; index < trial->size_count; index++)
        if (trial->sizes[index] < frame_minimum(trial->has_ipv6)) return "sizes: smaller than the smallest frame";
    trial->intended = (uint64_t)((unsigned __int128)trial->rate * trial->duration_us / 1000000);
    return NULL;
}

const char *command_faults(char *words, struct traffic_faults *faults) {
    uint64_t value;
    char *rest = NULL;
    *faults = (struct traffic_faults){0};
    for (char *word = strtok_r(words, " ", &rest); word != NULL; word = strtok_r(NULL, " ", &rest)) {
        char *text = strchr(word, '=');
        if (text == NULL) return "expected KEY=VALUE";
        *text++ = '\0';
        if (!number(text, UINT32_MAX, &value)) return "expected a number";
        if (strcmp(word, "limit") == 0) faults->limit = value;
        else if (strcmp(word, "drop") == 0) faults->drop = value;
        else if (strcmp(word, "duplicate") == 0) faults->duplicate = value;
        else if (strcmp(word, "reorder") == 0) faults->reorder = value;
        else if (strcmp(word, "stall_us") == 0) faults->stall_us = value;
        else if (strcmp(word, "stall_each_us") == 0) faults->stall_each_us = value;
        else if (strcmp(word, "blocked") == 0) faults->blocked = value;
        else return "unknown key";
    }
    return NULL;
}
