package dev.kyma.query.calcite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kyma.query.core.frontend.Session;
import dev.kyma.query.core.frontend.Statement;
import dev.kyma.query.core.plan.JoinKind;
import dev.kyma.query.core.plan.Plan;
import dev.kyma.query.core.plan.PlanText;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** All queries of TPC-H are planned, decorrelated and ordered. */
class TpchPlanTest {
  @Test
  void all22QueriesJoinByKeys() {
    SqlFrontend frontend = new SqlFrontend();
    Session session = new Session(Tpch.schemas(), Instant.EPOCH);
    for (int i = 0; i < Tpch.QUERIES.size(); i++) {
      Statement.Query query = (Statement.Query) frontend.parse(Tpch.QUERIES.get(i), session);
      String text = String.join("\n", PlanText.lines(query.plan()));
      assertThat(query.columns()).as("query " + (i + 1)).isNotEmpty();
      noCrossJoins(query.plan(), "query " + (i + 1) + "\n" + text);
    }
    assertThat(Tpch.QUERIES).hasSize(22);
  }

  /** A join without keys must have a side of one row, as a scalar subquery has. */
  private static void noCrossJoins(Plan plan, String text) {
    if (plan instanceof Plan.Join join && join.keys().isEmpty()) {
      assertThat(join.kind()).as(text).isIn(JoinKind.INNER, JoinKind.LEFT);
      assertThat(oneRow(join.left()) || oneRow(join.right())).as(text).isTrue();
    }
    plan.inputs().forEach(input -> noCrossJoins(input, text));
  }

  private static boolean oneRow(Plan plan) {
    return switch (plan) {
      case Plan.Aggregate aggregate -> aggregate.keys().isEmpty();
      case Plan.Project project -> oneRow(project.input());
      case Plan.Filter filter -> oneRow(filter.input());
      case Plan.Join join -> oneRow(join.left()) && oneRow(join.right());
      default -> false;
    };
  }
}
