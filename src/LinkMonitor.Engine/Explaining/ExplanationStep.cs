namespace LinkMonitor.Engine.Explaining;

/// <summary>One step of a check.</summary>
/// <param name="Seen">What was seen, at most 200 characters; values from the web appear in it unescaped.</param>
public sealed record ExplanationStep(StepName Name, string Seen, StepState State);
