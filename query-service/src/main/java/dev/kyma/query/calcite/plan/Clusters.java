package dev.kyma.query.calcite.plan;

import java.util.logging.Level;
import java.util.logging.Logger;
import org.apache.calcite.plan.Contexts;
import org.apache.calcite.plan.RelOptCluster;
import org.apache.calcite.plan.hep.HepPlanner;
import org.apache.calcite.plan.hep.HepProgram;
import org.apache.calcite.plan.hep.HepProgramBuilder;
import org.apache.calcite.rel.metadata.DefaultRelMetadataProvider;
import org.apache.calcite.rel.metadata.ProxyingMetadataHandlerProvider;
import org.apache.calcite.rel.metadata.RelMetadataQuery;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexExecutor;

/**
 * The only place that makes clusters and planners: each is set up so that nothing is compiled at
 * run time.
 */
final class Clusters {
  /** Leaves constant expressions as they are; they are folded on the relational tree. */
  private static final RexExecutor NO_FOLDING =
      (rexBuilder, expressions, results) -> results.addAll(expressions);

  /** Held, because loggers that nobody holds forget their level. */
  private static final Logger CALCITE_LOG = Logger.getLogger("org.apache.calcite");

  static {
    // With tracing on, which it is wherever logging is not configured yet, every plan is written
    // out at every step, and HepPlanner takes nodes that RelDecorrelator leaves behind for damage.
    CALCITE_LOG.setLevel(Level.INFO);
  }

  private Clusters() {}

  /** A cluster for one statement. */
  static RelOptCluster create(RelDataTypeFactory typeFactory) {
    HepPlanner planner = planner(new HepProgramBuilder().build());
    RelOptCluster cluster = RelOptCluster.create(planner, new RexBuilder(typeFactory));
    cluster.setMetadataQuerySupplier(Clusters::metadataQuery);
    return cluster;
  }

  /** A planner that runs a program. */
  static HepPlanner planner(HepProgram program) {
    HepPlanner planner = new HepPlanner(program, Contexts.empty());
    planner.setExecutor(NO_FOLDING);
    return planner;
  }

  private static RelMetadataQuery metadataQuery() {
    return new RelMetadataQuery(
        new ProxyingMetadataHandlerProvider(DefaultRelMetadataProvider.INSTANCE));
  }
}
