package dev.kyma.query.statement;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kyma.query.core.frontend.StatementException.Position;
import java.util.List;
import org.junit.jupiter.api.Test;

class LexerTest {
  private static List<String> texts(String sql) {
    return Lexer.tokens(sql).stream().map(token -> token.kind() + ":" + token.text()).toList();
  }

  @Test
  void namesFoldUnlessQuoted() {
    assertThat(texts("Abc \"A\"\"b\" _x1 größe"))
        .containsExactly("WORD:abc", "QUOTED_NAME:A\"b", "WORD:_x1", "WORD:größe", "END:");
  }

  @Test
  void stringsHaveTheirEscapes() {
    assertThat(texts("'it''s' '\\n' E'a\\n\\x41\\u00e9\\'' $$x'y$$ $t$a$$b$t$ X'0aFF'"))
        .containsExactly(
            "STRING:it's",
            "STRING:\\n",
            "STRING:a\nAé'",
            "STRING:x'y",
            "STRING:a$$b",
            "BYTES:0aFF",
            "END:");
  }

  @Test
  void operatorsAreTakenWhole() {
    assertThat(texts("a->>'k'->b::c<=!=~*||#>>1.5e3 .5 7."))
        .containsExactly(
            "WORD:a",
            "SYMBOL:->>",
            "STRING:k",
            "SYMBOL:->",
            "WORD:b",
            "SYMBOL:::",
            "WORD:c",
            "SYMBOL:<=",
            "SYMBOL:!=",
            "SYMBOL:~*",
            "SYMBOL:||",
            "SYMBOL:#>>",
            "FLOAT:1.5e3",
            "DECIMAL:.5",
            "DECIMAL:7.",
            "END:");
  }

  @Test
  void commentsNestAndLinesCount() {
    List<Token> tokens = Lexer.tokens("-- one\n/* a /* b\n */ c */  x\r\n\ty");
    assertThat(tokens.get(0).start()).isEqualTo(new Position(3, 11));
    assertThat(tokens.get(1).start()).isEqualTo(new Position(4, 2));
  }
}
