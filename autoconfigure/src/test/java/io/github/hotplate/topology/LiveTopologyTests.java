package io.github.hotplate.topology;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import org.junit.jupiter.api.Test;
import org.mockito.AdditionalAnswers;

import io.github.hotplate.support.BackgroundThread;
import io.github.hotplate.support.MonitoringFailures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.mock;

/**
 * Tests for {@link LiveTopology}.
 */
class LiveTopologyTests {

	@Test
	void connectionsFollowBeforeAnybodyElseIsTold() {
		Topology learnt = TestTopology.ofPrimaries(3);
		TopologySource source = mock();
		given(source.read(any())).willReturn(learnt);
		given(source.current(any())).will(AdditionalAnswers.returnsFirstArg());
		List<String> told = new CopyOnWriteArrayList<>();
		try (LiveTopology topology = new LiveTopology("foo", source, new LearnedTopology(),
				new BackgroundThread("foo", "topology"), new MonitoringFailures(), System::nanoTime)) {
			topology.onChange((former, current) -> told.add("connections"));
			topology.addListener((current) -> told.add("listener"));
			topology.refresh(RefreshReason.START);
			assertThat(told).containsExactly("listener", "connections", "listener");
			assertThat(topology.current()).isSameAs(learnt);
		}
	}

}
