package io.github.hotplate.documentation;

import java.nio.file.Path;
import java.util.Optional;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.mock;

@ExtendWith(OutputCaptureExtension.class)
class RequiresPromtoolConditionTests {

	private final ExtensionContext context = mock();

	@Test
	void skipsWithoutPromtoolAndSaysSoInOneLine(CapturedOutput output) {
		given(this.context.getDisplayName()).willReturn("AlertsTests");
		assertThat(new RequiresPromtoolCondition(Optional::empty).evaluateExecutionCondition(this.context).isDisabled())
			.isTrue();
		assertThat(output.toString().lines()).singleElement()
			.asString()
			.contains("Skipped AlertsTests", "package prometheus");
	}

	@Test
	void runsWithPromtool(CapturedOutput output) {
		Optional<Promtool> promtool = Optional.of(new Promtool(Path.of("promtool")));
		assertThat(new RequiresPromtoolCondition(() -> promtool).evaluateExecutionCondition(this.context).isDisabled())
			.isFalse();
		assertThat(output).isEmpty();
	}

}
