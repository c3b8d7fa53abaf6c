package io.github.hotplate.activity;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.Threshold;
import jdk.jfr.Timespan;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.HostAndPort;

import io.github.hotplate.execution.CallPart;
import io.github.hotplate.execution.CallRecord;

/**
 * A call in a recording of the JVM's flight recorder. The stack trace shows who made it.
 * Keys, values and messages of errors stay out, because recordings are passed on.
 */
@Name("io.github.hotplate.Command")
@Label("Redis Command")
@Category("Hotplate")
@Description("A call of a Redis client, with all that it took: waits, connections, retries and redirections")
@Threshold("10 ms")
final class CommandEvent extends Event implements CallEvents.CallEvent {

	@Label("Client")
	final String client;

	@Label("Command")
	@Nullable String command;

	@Label("Commands")
	@Description("Number of commands in a pipeline or a transaction, otherwise 1")
	int commands;

	@Label("Node")
	@Description("The node used last, or the slowest of several used at once")
	@Nullable String node;

	@Label("Pool Wait Time")
	@Description("Wait for a connection to become free")
	@Timespan
	long poolWaitTime;

	@Label("Connect Time")
	@Description("Time to open connections, with TLS and authentication")
	@Timespan
	long connectTime;

	@Label("Server Time")
	@Description("Time of the network and the server, in attempts that count")
	@Timespan
	long serverTime;

	@Label("Retries Time")
	@Description("Attempts that had to be repeated, and the pauses after them")
	@Timespan
	long retriesTime;

	@Label("Redirects Time")
	@Description("Attempts that led to another node")
	@Timespan
	long redirectsTime;

	@Label("Asked Wait Time")
	@Description("The part of the server time for which a blocking command was asked to wait")
	@Timespan
	long askedWaitTime;

	@Label("Retries")
	int retries;

	@Label("Redirections")
	int redirections;

	@Label("Error")
	@Description("First word of an error reply, or the class of another failure")
	@Nullable String error;

	CommandEvent(String client) {
		this.client = client;
	}

	@Override
	public void end(CallRecord call) {
		end();
		if (!shouldCommit()) {
			return;
		}
		HostAndPort address = call.node();
		this.command = SlowCallNotes.name(call);
		this.commands = SlowCallNotes.commands(call);
		this.node = (address != null) ? address.toString() : null;
		this.poolWaitTime = call.nanos(CallPart.POOL_WAIT);
		this.connectTime = call.nanos(CallPart.CONNECT);
		this.serverTime = call.nanos(CallPart.SERVER);
		this.retriesTime = call.nanos(CallPart.RETRIES);
		this.redirectsTime = call.nanos(CallPart.REDIRECTS);
		this.askedWaitTime = AskedWait.nanos(call);
		this.retries = call.retries();
		this.redirections = call.moved() + call.asked();
		this.error = SlowCallNotes.error(call);
		commit();
	}

}
