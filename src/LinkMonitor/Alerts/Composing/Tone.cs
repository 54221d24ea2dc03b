namespace LinkMonitor.Alerts.Composing;

/// <summary>How bad a thing is: it has a colour, and a shape, because colour alone says nothing to many readers (WCAG 1.4.1).</summary>
internal enum Tone
{
    Bad,
    Unknown,
    Warning,
    Absent,
    Good,

    /// <summary>Neither good nor bad.</summary>
    Plain,
}

internal static class Tones
{
    /// <summary>Empty for <see cref="Tone.Plain"/>.</summary>
    public static string Shape(Tone tone) => tone switch
    {
        Tone.Bad => "■",
        Tone.Unknown => "◇",
        Tone.Warning => "▲",
        Tone.Absent => "○",
        Tone.Good => "●",
        _ => "",
    };

    /// <summary>A text with the shape in front.</summary>
    public static string Marked(Tone tone, string text) => tone == Tone.Plain ? text : $"{Shape(tone)} {text}";
}
