package io.github.hotplate.test.container;

import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.slf4j.LoggerFactory;
import org.testcontainers.DockerClientFactory;

/**
 * The condition behind {@link RequiresDocker}.
 */
final class RequiresDockerCondition implements ExecutionCondition {

	private static final ConditionEvaluationResult ENABLED = ConditionEvaluationResult.enabled("Docker answers");

	private static final String REASON = "no Docker engine answers; start one or set DOCKER_HOST";

	private final BooleanSupplier dockerAvailable;

	private final Consumer<String> log;

	RequiresDockerCondition() {
		this(() -> DockerClientFactory.instance().isDockerAvailable(),
				LoggerFactory.getLogger(RequiresDockerCondition.class)::warn);
	}

	RequiresDockerCondition(BooleanSupplier dockerAvailable, Consumer<String> log) {
		this.dockerAvailable = dockerAvailable;
		this.log = log;
	}

	@Override
	public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
		if (this.dockerAvailable.getAsBoolean()) {
			return ENABLED;
		}
		this.log.accept("Skipped %s: %s".formatted(context.getDisplayName(), REASON));
		return ConditionEvaluationResult.disabled(REASON);
	}

}
