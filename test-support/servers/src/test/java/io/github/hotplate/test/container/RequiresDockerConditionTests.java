package io.github.hotplate.test.container;

import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExtensionContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.mock;

/**
 * Tests for {@link RequiresDockerCondition}.
 */
class RequiresDockerConditionTests {

	private final List<String> log = new ArrayList<>();

	@Test
	void enablesWithoutAWordWhenDockerAnswers() {
		assertThat(evaluate(true).isDisabled()).isFalse();
		assertThat(this.log).isEmpty();
	}

	@Test
	void disablesAndSaysSoInOneLineWhenNoDockerAnswers() {
		ConditionEvaluationResult result = evaluate(false);
		assertThat(result.isDisabled()).isTrue();
		assertThat(result.getReason()).hasValue("no Docker engine answers; start one or set DOCKER_HOST");
		assertThat(this.log)
			.containsExactly("Skipped QuickStartTests: no Docker engine answers; start one or set DOCKER_HOST");
	}

	private ConditionEvaluationResult evaluate(boolean dockerAvailable) {
		ExtensionContext context = mock();
		given(context.getDisplayName()).willReturn("QuickStartTests");
		return new RequiresDockerCondition(() -> dockerAvailable, this.log::add).evaluateExecutionCondition(context);
	}

}
