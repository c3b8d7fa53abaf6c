package io.github.hotplate.test;

import java.util.function.BooleanSupplier;

/**
 * Which replies a proxy loses.
 *
 * @param command the name of the command
 * @param loses decides for each request with that command
 * @param closes whether the connection is closed in place of the reply
 */
record ReplyLoss(String command, BooleanSupplier loses, boolean closes) {

	Kind of(String request) {
		if (!request.contains("\r\n" + this.command + "\r\n") || !this.loses.getAsBoolean()) {
			return Kind.NONE;
		}
		return this.closes ? Kind.CLOSED : Kind.SWALLOWED;
	}

	/**
	 * What becomes of a reply.
	 */
	enum Kind {

		NONE, CLOSED, SWALLOWED

	}

}
