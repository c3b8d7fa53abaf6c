package io.github.hotplate.autoconfigure;

import org.springframework.boot.autoconfigure.condition.ConditionMessage;
import org.springframework.boot.autoconfigure.condition.ConditionOutcome;
import org.springframework.boot.autoconfigure.condition.SpringBootCondition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.env.Environment;
import org.springframework.core.type.AnnotatedTypeMetadata;

import io.github.hotplate.config.ClientConfigReader;
import io.github.hotplate.config.ClientDeclarations;
import io.github.hotplate.config.ClientMode;
import io.github.hotplate.config.InvalidClientConfigException;

/**
 * Matches if the environment declares a client whose mode is {@code sharded}.
 */
final class OnShardedClientCondition extends SpringBootCondition {

	@Override
	public ConditionOutcome getMatchOutcome(ConditionContext context, AnnotatedTypeMetadata metadata) {
		boolean sharded = hasShardedClient(context.getEnvironment());
		return new ConditionOutcome(sharded, ConditionMessage.forCondition("Sharded Redis client")
			.because(sharded ? "of the mode of a client" : "no client has the mode"));
	}

	private static boolean hasShardedClient(Environment environment) {
		ClientConfigReader reader = new ClientConfigReader(environment);
		try {
			return ClientDeclarations.of(environment)
				.names()
				.stream()
				.anyMatch((name) -> reader.read(name + ".").mode() == ClientMode.SHARDED);
		}
		catch (InvalidClientConfigException ex) {
			// Ends the application when the client's beans are registered.
			return false;
		}
	}

}
