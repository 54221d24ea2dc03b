namespace LinkMonitor.Hosting.Settings;

/// <summary>Validates every settings class before anything starts, so that what is wrong is told plainly and all at once.</summary>
internal static class SettingsCheck
{
    /// <summary>What is wrong, a line each; empty when nothing is.</summary>
    public static IReadOnlyList<string> Failures(IServiceProvider services)
    {
        var configuration = services.GetRequiredService<IConfiguration>();
        var known = new KnownSettings(services.GetServices<SettingsSection>());
        (string Name, string Told)[] wrong = [.. SettingNames.Failures(configuration, known),
            .. SettingValues.Failures(configuration, known)];

        // With a value that cannot be read the binder throws, and would hide what else is wrong.
        var names = wrong.Select(failure => failure.Name).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var readable = new ConfigurationBuilder()
            .AddInMemoryCollection(configuration.AsEnumerable()
                .Where(setting => setting.Value is not null && !names.Contains(setting.Key))).Build();
        return
        [
            .. wrong.Select(failure => failure.Told)
                .Concat(services.GetServices<SettingsValidation>()
                    .SelectMany(validation => Run(validation, services, readable, wrong.Length > 0))
                    .Where(failure => !names.Any(name => IsOf(failure, name))))
                .Distinct(),
        ];
    }

    /// <summary>The same again in other words: of a rule, or of the binder.</summary>
    private static bool IsOf(string failure, string name) =>
        failure.StartsWith(name + ":", StringComparison.OrdinalIgnoreCase)
            || failure.Contains($"'{name}'", StringComparison.OrdinalIgnoreCase);

    /// <param name="isTold">Something is wrong already: rules that compare settings read them from the services, where the binder
    /// throws.</param>
    private static IReadOnlyList<string> Run(SettingsValidation validation, IServiceProvider services, IConfiguration readable, bool isTold)
    {
        try
        {
            return [.. validation.Failures(services, readable)];
        }
        catch (InvalidOperationException) when (isTold)
        {
            return [];
        }
    }
}
