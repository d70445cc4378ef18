package dev.phoenix.server.outbound;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** Looks a name up. */
@FunctionalInterface
interface HostResolver {

    InetAddress[] resolve(String host) throws UnknownHostException;
}
