#pragma once

#include <libvirt/libvirt.h>
#include <libvirt/virterror.h>

/// The functions of libvirt that are called. libvirt_load() loads the library: with the program it and the forty libraries that it needs would be
/// loaded at each start of pvpgen, most of whose names do without them.
#define LIBVIRT_FUNCTIONS(USE) \
    USE(virConnectClose) \
    USE(virConnectDomainEventDeregisterAny) \
    USE(virConnectDomainEventRegisterAny) \
    USE(virConnectListAllNetworks) \
    USE(virConnectOpen) \
    USE(virConnectRegisterCloseCallback) \
    USE(virConnectUnregisterCloseCallback) \
    USE(virDomainCreateXML) \
    USE(virDomainDestroy) \
    USE(virDomainFree) \
    USE(virDomainGetMetadata) \
    USE(virDomainGetName) \
    USE(virDomainGetState) \
    USE(virDomainGetUUIDString) \
    USE(virDomainGetXMLDesc) \
    USE(virDomainIsActive) \
    USE(virDomainIsPersistent) \
    USE(virDomainLookupByName) \
    USE(virDomainLookupByUUIDString) \
    USE(virDomainOpenConsole) \
    USE(virDomainSetMetadata) \
    USE(virDomainShutdown) \
    USE(virEventAddHandle) \
    USE(virEventAddTimeout) \
    USE(virEventRegisterDefaultImpl) \
    USE(virEventRemoveHandle) \
    USE(virEventRemoveTimeout) \
    USE(virEventRunDefaultImpl) \
    USE(virEventUpdateHandle) \
    USE(virGetLastError) \
    USE(virInitialize) \
    USE(virNetworkCreateXML) \
    USE(virNetworkDestroy) \
    USE(virNetworkFree) \
    USE(virNetworkGetName) \
    USE(virNetworkGetUUIDString) \
    USE(virNetworkGetXMLDesc) \
    USE(virNetworkIsActive) \
    USE(virNetworkLookupByName) \
    USE(virSetErrorFunc) \
    USE(virStreamAbort) \
    USE(virStreamEventAddCallback) \
    USE(virStreamEventRemoveCallback) \
    USE(virStreamEventUpdateCallback) \
    USE(virStreamFree) \
    USE(virStreamNew) \
    USE(virStreamRecv) \
    USE(virStreamSend)

/// Each function under its own name.
struct libvirt_functions {
#define LIBVIRT_FIELD(name) __typeof__(name) *_Nonnull name;
    LIBVIRT_FUNCTIONS(LIBVIRT_FIELD)
#undef LIBVIRT_FIELD
};

/// Loads the library, once. Returns what is wrong, such as that there is no such file; NULL on success, from when on libvirt_loaded() may be used.
const char *_Nullable libvirt_load(void);

/// The functions of the loaded library.
const struct libvirt_functions *_Nonnull libvirt_loaded(void);
