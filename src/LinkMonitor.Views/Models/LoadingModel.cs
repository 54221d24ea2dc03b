namespace LinkMonitor.Views;

/// <summary>What is shown while a project's links are read for the first time.</summary>
/// <param name="ProgressPath">Where <see cref="LoadingPart"/> is had again.</param>
public sealed record LoadingModel(Frame Frame, string ProgressPath, LoadingPart Part);

/// <summary>How far the reading is.</summary>
/// <param name="ReadSoFar">How many links were read; null when it is done.</param>
/// <param name="Path">The page that waits for them.</param>
public sealed record LoadingPart(int? ReadSoFar, string Path);
