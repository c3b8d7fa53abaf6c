package io.github.hotplate.crossslot;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntSupplier;

import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.CommandObject;

import io.github.hotplate.command.CommandKeys;
import io.github.hotplate.command.CommandSpec;
import io.github.hotplate.command.PipelineCommand;
import io.github.hotplate.command.PrimariesCommand;
import io.github.hotplate.command.RequestPolicy;
import io.github.hotplate.execution.AmbiguousExecutionException;
import io.github.hotplate.execution.CommandAdvice;
import io.github.hotplate.execution.CommandInvocation;
import io.github.hotplate.support.Listeners;
import io.github.hotplate.support.MonitoringFailures;

/**
 * Turns a command that several nodes must see into a pipeline of commands for one node
 * each, or into steps, and a pipeline into one of such commands. Stands between the
 * advice that sees what the caller asked for and the advice that retries what a single
 * node refused. Thread-safe.
 */
public final class SplitAdvice extends CommandAdvice {

	private final CommandSplitter splitter;

	private final List<SplitListener> listeners;

	private final MonitoringFailures monitoringFailures;

	public SplitAdvice(CommandSplitter splitter, List<SplitListener> listeners, MonitoringFailures monitoringFailures) {
		this.splitter = splitter;
		this.listeners = List.copyOf(listeners);
		this.monitoringFailures = monitoringFailures;
	}

	@Override
	protected @Nullable Object invoke(CommandObject<?> command, MethodInvocation invocation) throws Throwable {
		if (command instanceof PipelineCommand pipeline) {
			return splitPipeline(pipeline, invocation);
		}
		CommandSpec spec = CommandInvocation.specOf(invocation);
		if (spec.requestPolicy() == RequestPolicy.DEFAULT && !(command instanceof PrimariesCommand)
				&& !this.splitter.isForAllServers(spec)) {
			return invocation.proceed();
		}
		if (this.splitter.isStepwise(command, spec)) {
			return runStepwise(spec, command, invocation);
		}
		CommandParts parts = this.splitter.split(command, spec);
		if (parts == null) {
			return invocation.proceed();
		}
		if (parts.commands().size() > 1 && spec.requestPolicy() != RequestPolicy.CURSOR) {
			announce(spec, command, () -> this.splitter.nodes(parts));
		}
		Object reply = parts.reply(proceed(PipelineCommand.ofParts(parts.commands()), invocation));
		if (reply instanceof RuntimeException failure) {
			throw failure;
		}
		return command.getBuilder().build(reply);
	}

	private @Nullable Object runStepwise(CommandSpec spec, CommandObject<?> command, MethodInvocation invocation) {
		CommandArguments arguments = command.getArguments();
		spec.checkFindsKeys(arguments, this.splitter.slots());
		announce(spec, command, () -> this.splitter.nodes(arguments.getKeys()));
		try {
			return command.getBuilder()
				.build(this.splitter.stepwise(spec).run(arguments, new Steps(invocation, this.splitter.slots())));
		}
		catch (AmbiguousExecutionException ex) {
			throw new AmbiguousExecutionException(
					spec.name() + " over several slots stopped in one of its steps: " + ex.getMessage(), ex);
		}
	}

	private void announce(CommandSpec spec, CommandObject<?> command, IntSupplier nodes) {
		int keys = CommandKeys.of(spec, command.getArguments()).size();
		Listeners.tellEach(this.listeners, this.monitoringFailures,
				(listener) -> listener.onSplit(spec, keys, nodes.getAsInt()));
	}

	private @Nullable Object splitPipeline(PipelineCommand pipeline, MethodInvocation invocation) throws Throwable {
		List<CommandObject<?>> commands = pipeline.getCommands();
		Map<Integer, CommandParts> split = new HashMap<>();
		for (int i = 0; i < commands.size(); i++) {
			CommandParts parts = this.splitter.split(commands.get(i));
			if (parts != null) {
				split.put(i, parts);
			}
		}
		return split.isEmpty() ? invocation.proceed() : runSplit(pipeline, split, invocation);
	}

	private static List<@Nullable Object> runSplit(PipelineCommand pipeline, Map<Integer, CommandParts> split,
			MethodInvocation invocation) throws Throwable {
		List<CommandObject<?>> whole = pipeline.getCommands();
		List<CommandObject<?>> commands = new ArrayList<>(whole.size());
		for (int i = 0; i < whole.size(); i++) {
			CommandParts parts = split.get(i);
			if (parts != null) {
				commands.addAll(parts.commands());
			}
			else {
				commands.add(whole.get(i));
			}
		}
		List<@Nullable Object> replies = proceed(pipeline.with(commands), invocation);
		List<@Nullable Object> results = new ArrayList<>(whole.size());
		int next = 0;
		for (int i = 0; i < whole.size(); i++) {
			CommandParts parts = split.get(i);
			int end = next + ((parts != null) ? parts.commands().size() : 1);
			results.add((parts != null) ? parts.reply(replies.subList(next, end)) : replies.get(next));
			next = end;
		}
		return results;
	}

	@SuppressWarnings("unchecked") // The reply to a pipeline.
	private static List<@Nullable Object> proceed(PipelineCommand pipeline, MethodInvocation invocation)
			throws Throwable {
		List<@Nullable Object> replies = (List<@Nullable Object>) CommandInvocation.proceed(invocation, pipeline);
		return (replies != null) ? replies : List.of();
	}

}
