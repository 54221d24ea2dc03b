namespace LinkMonitor.Engine.Reading.Trees;

/// <summary>The namespace of an element.</summary>
internal enum ElementSpace
{
    Html,
    Svg,
    MathMl,

    /// <summary>Another one, or none; only XHTML pages have such.</summary>
    Other,
}
