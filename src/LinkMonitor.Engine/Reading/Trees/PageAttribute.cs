namespace LinkMonitor.Engine.Reading.Trees;

internal readonly record struct PageAttribute(string Name, string Value);
