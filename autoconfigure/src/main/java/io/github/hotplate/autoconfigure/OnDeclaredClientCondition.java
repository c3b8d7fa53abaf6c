package io.github.hotplate.autoconfigure;

import org.springframework.boot.autoconfigure.condition.ConditionMessage;
import org.springframework.boot.autoconfigure.condition.ConditionOutcome;
import org.springframework.boot.autoconfigure.condition.SpringBootCondition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.type.AnnotatedTypeMetadata;

import io.github.hotplate.config.ClientDeclarations;

/**
 * Matches if the environment declares a client.
 */
final class OnDeclaredClientCondition extends SpringBootCondition {

	@Override
	public ConditionOutcome getMatchOutcome(ConditionContext context, AnnotatedTypeMetadata metadata) {
		boolean declared = !ClientDeclarations.of(context.getEnvironment()).names().isEmpty();
		return new ConditionOutcome(declared, ConditionMessage.forCondition("Declared Redis client")
			.because(declared ? "there is one" : "there is none"));
	}

}
