package io.github.hotplate.cluster;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;
import org.springframework.aop.ProxyMethodInvocation;
import redis.clients.jedis.CommandObject;

import io.github.hotplate.command.PipelineCommand;
import io.github.hotplate.execution.CommandAdvice;

/**
 * Turns a command that several nodes must see into a pipeline of commands for one node
 * each, and a pipeline into one of such commands. Stands between the advice that sees
 * what the caller asked for and the advice that repeats what a single node refused.
 * Thread-safe.
 */
final class SplitAdvice extends CommandAdvice {

	private final CommandSplitter splitter;

	SplitAdvice(CommandSplitter splitter) {
		this.splitter = splitter;
	}

	@Override
	protected @Nullable Object invoke(CommandObject<?> command, MethodInvocation invocation) throws Throwable {
		if (command instanceof PipelineCommand pipeline) {
			return splitPipeline(pipeline, invocation);
		}
		CommandParts parts = this.splitter.split(command);
		if (parts == null) {
			return invocation.proceed();
		}
		Object reply = parts.reply(proceed(new PipelineCommand("", parts.commands()), invocation));
		if (reply instanceof RuntimeException failure) {
			throw failure;
		}
		return command.getBuilder().build(reply);
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
		List<@Nullable Object> replies = proceed(new PipelineCommand(pipeline.getName(), commands), invocation);
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

	@SuppressWarnings("unchecked")
	private static List<@Nullable Object> proceed(PipelineCommand pipeline, MethodInvocation invocation)
			throws Throwable {
		((ProxyMethodInvocation) invocation).setArguments(pipeline);
		List<@Nullable Object> replies = (List<@Nullable Object>) invocation.proceed();
		return (replies != null) ? replies : List.of();
	}

}
