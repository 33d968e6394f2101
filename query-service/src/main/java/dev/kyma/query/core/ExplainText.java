package dev.kyma.query.core;

import dev.kyma.query.core.plan.Plan;
import dev.kyma.query.core.plan.PlanText;
import dev.kyma.query.core.read.TableReader;
import java.util.ArrayList;
import java.util.List;

/** A plan with what the catalog's statistics leave of each scan. Stateless. */
final class ExplainText {
  private ExplainText() {}

  static List<String> lines(Plan plan, TableReader tables) {
    List<String> lines = new ArrayList<>();
    add(plan, "", tables, lines);
    return lines;
  }

  private static void add(Plan plan, String indent, TableReader tables, List<String> lines) {
    lines.add(indent + PlanText.line(plan));
    if (plan instanceof Plan.Scan scan) {
      lines.add(indent + "  " + tables.explain(scan));
    }
    for (Plan input : plan.inputs()) {
      add(input, indent + "  ", tables, lines);
    }
  }
}
