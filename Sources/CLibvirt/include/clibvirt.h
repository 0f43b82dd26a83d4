#pragma once

#include "cloader.h"

#include <libvirt/libvirt.h>
#include <libvirt/virterror.h>

/// The functions of libvirt that are called. The library needs forty others.
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

CLOADER_DECLARE(libvirt, LIBVIRT_FUNCTIONS)
