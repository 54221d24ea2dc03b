namespace LinkMonitor.Doctor;

/// <summary>Registers what tries an installation.</summary>
internal static class DoctorServices
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(10);

    public static IServiceCollection AddDoctor(this IServiceCollection services)
    {
        services.AddHttpClient(AddressLook.HttpClientName, client => client.Timeout = Deadline);
        return services.AddSingleton<NetworkLook>().AddSingleton<MailLook>().AddSingleton<AddressLook>().AddSingleton<StorageLook>();
    }
}
