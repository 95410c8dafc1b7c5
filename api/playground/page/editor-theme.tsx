import { useGraphiQL, useGraphiQLActions, useMonaco } from "@graphiql/react";
import { useEffect } from "react";

const light = { ink: "22303a", soft: "6b7780", paper: "fdfcf9", accent: "1d6a62", brass: "8a5a12", plum: "7a3b69" };
const dark = { ink: "d9e0e3", soft: "87949c", paper: "1a2227", accent: "6fcabc", brass: "e3b765", plum: "d69cc6" };

/** Gives the editor the colours of the page, and follows the system when it turns light or dark. */
export function EditorTheme() {
  const monaco = useMonaco((state) => state.monaco);
  const theme = useGraphiQL((state) => state.theme);
  const { setTheme } = useGraphiQLActions();

  useEffect(() => {
    // The names are GraphiQL's own: defining them again recolours editors that are already open.
    monaco?.editor.defineTheme("graphiql-LIGHT", { base: "vs", inherit: true, ...coloursOf(light) });
    monaco?.editor.defineTheme("graphiql-DARK", { base: "vs-dark", inherit: true, ...coloursOf(dark) });
  }, [monaco]);

  useEffect(() => {
    const system = matchMedia("(prefers-color-scheme: dark)");
    const follow = () => setTheme(theme);
    system.addEventListener("change", follow);
    return () => system.removeEventListener("change", follow);
  }, [theme, setTheme]);

  return null;
}

function coloursOf(palette: typeof light) {
  const hex = (name: keyof typeof light, alpha = "ff") => `#${palette[name]}${alpha}`;
  const rule = (token: string, name: keyof typeof light) => ({ token, foreground: palette[name] });
  return {
    rules: [
      rule("keyword.gql", "accent"),
      rule("key.identifier.gql", "ink"),
      rule("argument.identifier.gql", "plum"),
      rule("type.identifier.gql", "brass"),
      rule("string.gql", "brass"),
      rule("comment.gql", "soft"),
      rule("string.key.json", "accent"),
      rule("string.value.json", "brass"),
      rule("number.json", "plum"),
      rule("keyword.json", "plum"),
    ],
    colors: {
      foreground: hex("ink"),
      "editor.background": "#ffffff00",
      "editor.foreground": hex("ink"),
      "editor.lineHighlightBorder": "#ffffff00",
      "editorLineNumber.foreground": hex("soft", "99"),
      "editorLineNumber.activeForeground": hex("accent"),
      "editorBracketHighlight.foreground1": hex("soft"),
      "editorBracketHighlight.foreground2": hex("soft"),
      "editorBracketHighlight.foreground3": hex("soft"),
      "editorWidget.background": hex("paper"),
      "editorHoverWidget.background": hex("paper"),
      "editorSuggestWidget.background": hex("paper"),
      "editorSuggestWidget.selectedBackground": hex("accent", "22"),
      "editorSuggestWidget.selectedForeground": hex("accent"),
      "list.hoverBackground": hex("accent", "18"),
      "list.highlightForeground": hex("accent"),
      "menu.background": hex("paper"),
      "quickInput.background": hex("paper"),
      "scrollbar.shadow": "#ffffff00",
      "textLink.foreground": hex("accent"),
      focusBorder: hex("accent"),
    },
  };
}
