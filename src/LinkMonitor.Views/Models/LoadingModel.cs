namespace LinkMonitor.Views;

/// <summary>What is shown while a project's links are read for the first time.</summary>
/// <param name="ProgressPath">Where <see cref="LoadingPart"/> is had again.</param>
public sealed record LoadingModel(Frame Frame, string ProgressPath, LoadingPart Part);

/// <summary>How far the reading is.</summary>
/// <param name="ReadSoFar">How many links were read, in words; null when it is done.</param>
/// <param name="Path">The page that waits for them; empty for the one that shows this, which then goes on by itself.</param>
public sealed record LoadingPart(string? ReadSoFar, string Path);
