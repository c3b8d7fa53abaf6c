package io.github.hotplate.pool;

import java.net.InetAddress;
import java.net.UnknownHostException;

/**
 * Looks up hosts, and may keep what it has found.
 */
@FunctionalInterface
interface HostLookup {

	/**
	 * Look up a host.
	 * @param host a name or an address
	 * @return its addresses
	 * @throws UnknownHostException if there are none
	 */
	InetAddress[] resolve(String host) throws UnknownHostException;

}
