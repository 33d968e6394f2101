package dev.kyma.connector.api;

import dev.kyma.service.problem.KymaException;
import dev.kyma.service.problem.ProblemType;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Map;

/** Connectors of this installation. There are none: this release cannot create any. */
@Path("/v1/connectors")
@Produces(MediaType.APPLICATION_JSON)
public class ConnectorResource {

  /** All connectors, in order of their names. */
  @GET
  public List<Map<String, Object>> connectors() {
    return List.of();
  }

  /** What the service does and does not do. */
  @GET
  @Path("/about")
  public ConnectorStatus about() {
    return ConnectorStatus.CURRENT;
  }

  /** Refuses: there is no engine behind this service yet. */
  @POST
  public void create() {
    throw new KymaException.Failed(
        ProblemType.NOT_IMPLEMENTED,
        "Connectors cannot be created in this release; GET /v1/connectors/about lists what is"
            + " missing.");
  }
}
