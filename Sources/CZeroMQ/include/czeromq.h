#pragma once

#include "cloader.h"

#include <zmq.h>

/// The functions of libzmq that are called.
#define ZEROMQ_FUNCTIONS(USE) \
    USE(zmq_close) \
    USE(zmq_connect) \
    USE(zmq_ctx_new) \
    USE(zmq_ctx_term) \
    USE(zmq_errno) \
    USE(zmq_msg_close) \
    USE(zmq_msg_data) \
    USE(zmq_msg_init) \
    USE(zmq_msg_recv) \
    USE(zmq_msg_size) \
    USE(zmq_send) \
    USE(zmq_setsockopt) \
    USE(zmq_socket) \
    USE(zmq_strerror)

CLOADER_DECLARE(zeromq, ZEROMQ_FUNCTIONS)
