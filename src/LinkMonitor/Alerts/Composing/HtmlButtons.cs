namespace LinkMonitor.Alerts.Composing;

/// <summary>
/// Buttons that every client shows: a table cell with a border around a link. Each is a table of its own, so that they wrap on a phone; without
/// any style they are links side by side.
/// </summary>
internal static class HtmlButtons
{
    /// <summary>The first is the main one.</summary>
    public static Markup Write(IReadOnlyList<LetterButton> buttons) => buttons.Count == 0 ? Markup.Empty : Markup.Of($"""
        <div style="margin:12px 0 0 0;">
        {Markup.Join(buttons.Select(Button))}<br clear="all" style="line-height:0;font-size:0;"></div>

        """);

    /// <summary>Only the main one as a button, the others as links beside it: for a mail with many.</summary>
    public static Markup WriteShortly(IReadOnlyList<LetterButton> buttons) => buttons.Count == 0 ? Markup.Empty : Markup.Of($"""
        <div style="margin:10px 0 0 0;">
        {Button(buttons[0], 0)}<div class="others">{Markup.Join(buttons.Skip(1).Select((button, position) => Markup.Of($"{(position > 0 ? " · " : "")}{Markup.Anchor(button.Url, button.Label)}")))}</div><br clear="all" style="line-height:0;font-size:0;"></div>

        """);

    private static Markup Button(LetterButton button, int position)
    {
        var (name, cell, text) = position == 0
            ? ("main-button", HtmlStyles.MainButton, HtmlStyles.MainButtonText)
            : ("button", HtmlStyles.Button, HtmlStyles.ButtonText);
        return Markup.Of($"""
            <table role="presentation" align="left" style="border-collapse:separate;margin:0 8px 8px 0;"><tr><td class="{name}" style="{cell}">{Markup.Anchor(button.Url, button.Label, text)}</td></tr></table>

            """);
    }
}
