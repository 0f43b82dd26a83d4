#pragma once

#include "cloader.h"

#include <systemd/sd-bus.h>
#include <systemd/sd-journal.h>

/// The functions of libsystemd that are called.
#define SYSTEMD_FUNCTIONS(USE) \
    USE(sd_bus_call) \
    USE(sd_bus_close_unref) \
    USE(sd_bus_error_free) \
    USE(sd_bus_get_events) \
    USE(sd_bus_get_fd) \
    USE(sd_bus_is_ready) \
    USE(sd_bus_message_append_array) \
    USE(sd_bus_message_append_basic) \
    USE(sd_bus_message_close_container) \
    USE(sd_bus_message_enter_container) \
    USE(sd_bus_message_exit_container) \
    USE(sd_bus_message_get_path) \
    USE(sd_bus_message_get_sender) \
    USE(sd_bus_message_is_signal) \
    USE(sd_bus_message_new_method_call) \
    USE(sd_bus_message_open_container) \
    USE(sd_bus_message_peek_type) \
    USE(sd_bus_message_read_array) \
    USE(sd_bus_message_read_basic) \
    USE(sd_bus_message_unref) \
    USE(sd_bus_new) \
    USE(sd_bus_open_system) \
    USE(sd_bus_path_decode) \
    USE(sd_bus_path_encode) \
    USE(sd_bus_process) \
    USE(sd_bus_set_address) \
    USE(sd_bus_set_bus_client) \
    USE(sd_bus_start) \
    USE(sd_bus_unref) \
    USE(sd_bus_wait) \
    USE(sd_journal_add_conjunction) \
    USE(sd_journal_add_disjunction) \
    USE(sd_journal_add_match) \
    USE(sd_journal_close) \
    USE(sd_journal_flush_matches) \
    USE(sd_journal_get_data) \
    USE(sd_journal_get_events) \
    USE(sd_journal_get_fd) \
    USE(sd_journal_get_realtime_usec) \
    USE(sd_journal_get_timeout) \
    USE(sd_journal_next) \
    USE(sd_journal_open) \
    USE(sd_journal_open_directory) \
    USE(sd_journal_previous_skip) \
    USE(sd_journal_process) \
    USE(sd_journal_seek_head) \
    USE(sd_journal_seek_realtime_usec) \
    USE(sd_journal_seek_tail)

CLOADER_DECLARE(systemd, SYSTEMD_FUNCTIONS)
