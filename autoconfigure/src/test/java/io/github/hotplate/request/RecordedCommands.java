package io.github.hotplate.request;

import java.time.Duration;
import java.util.Iterator;
import java.util.List;

import redis.clients.jedis.BuilderFactory;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.CommandObject;
import redis.clients.jedis.Protocol.Command;

import io.github.hotplate.activity.ClientActivity;
import io.github.hotplate.activity.RedisActivity;
import io.github.hotplate.command.CommandSpecs;
import io.github.hotplate.execution.CallRecord;

/**
 * Commands that count without a server.
 */
final class RecordedCommands {

	private static final ClientActivity FOO = new ClientActivity("foo", false);

	private RecordedCommands() {
	}

	static void get(int count, Duration each) {
		for (int i = 0; i < count; i++) {
			CommandObject<String> command = new CommandObject<>(new CommandArguments(Command.GET).key("key:" + i),
					BuilderFactory.STRING);
			Iterator<Long> clock = List.of(0L, each.toNanos()).iterator();
			try (CallRecord call = CallRecord.start(command, CommandSpecs.of(command.getArguments()), clock::next)) {
				call.end(null);
				FOO.callEnded(call);
			}
		}
	}

	static RedisActivity gets(int count, Duration each) {
		return RedisActivity.record(() -> get(count, each));
	}

}
